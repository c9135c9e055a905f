"""The networks of engineModels.mjs in PyTorch: python enginePeer.py CASE_JSON THREADS SECONDS prints a line of JSON."""

import json
import resource
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

case, threads, seconds = json.loads(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
torch.set_num_threads(threads)
torch.manual_seed(1)


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.attention_norm, self.mlp_norm = nn.LayerNorm(width, 1e-6), nn.LayerNorm(width, 1e-6)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.expand, self.contract = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, x):
        n, places, width = x.shape
        qkv = self.qkv(self.attention_norm(x)).reshape(n, places, 3, self.heads, width // self.heads)
        q, k, v = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        mixed = F.scaled_dot_product_attention(q, k, v)
        x = x + self.out(mixed.transpose(1, 2).reshape(n, places, width))
        return x + self.contract(F.gelu(self.expand(self.mlp_norm(x))))


class VisionTransformer(nn.Module):
    def __init__(self, width, blocks, heads, size, patch):
        super().__init__()
        self.embed = nn.Conv2d(3, width, patch, patch)
        self.token = nn.Parameter(torch.zeros(1, 1, width))
        self.positions = nn.Parameter(0.02 * torch.randn(1, (size // patch) ** 2 + 1, width))
        self.blocks = nn.ModuleList(Block(width, heads) for _ in range(blocks))
        self.norm = nn.LayerNorm(width, 1e-6)

    def forward(self, images):
        x = self.embed(images).flatten(2).transpose(1, 2)
        x = torch.cat([self.token.expand(len(x), -1, -1), x], 1) + self.positions
        for block in self.blocks:
            x = block(x)
        return self.norm(x)[:, 0]


def create():
    if case["model"] == "vit":
        return VisionTransformer(**case["shape"])
    import torchvision

    if case["model"] == "resnet34":
        network = torchvision.models.resnet34()
        network.fc = nn.Identity()
        return network
    network = torchvision.models.mobilenet_v2()
    network.classifier = nn.Identity()
    return network


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def product():
    a, b = torch.rand(2, case["size"], case["size"]).unbind(0)
    return lambda: a @ b


def network():
    model = create().train(case["training"])
    images = torch.rand(case["batch"], 3, case["size"], case["size"])
    optimizer = torch.optim.Adam(model.parameters(), 1e-4)

    def train():
        optimizer.zero_grad()
        loss = model(images).square().mean()
        loss.backward()
        optimizer.step()
        return loss.item()

    def infer():
        with torch.inference_mode():
            return model(images)[0, 0].item()

    return train if case["training"] else infer


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


idle = peak()
step = product() if case["model"] == "matmul" else network()
warm_up, times, start = 2, [], time.perf_counter()
while len(times) < warm_up + 3 or time.perf_counter() - start < seconds:
    before = time.perf_counter()
    step()
    times.append(1e3 * (time.perf_counter() - before))
print(json.dumps({"milliseconds": min(times[warm_up:]), "peakBytes": peak() - idle, "version": torch.__version__}))
