"""Writes the fixtures of the residual networks: small ones as torch.save writes them, their outputs, some gradients and
the running moments after a training step in float64, and the key lists of torchvision's networks.

    python tools/oracles/resnet.py packages/backbones/fixtures

Needs PyTorch and torchvision, whose blocks these are.
"""

import json
import sys
from pathlib import Path

import torch
import torchvision
from torch import nn
from torchvision.models.resnet import BasicBlock, Bottleneck


class Small(nn.Module):
    """torchvision's ResNet with any width: there it is fixed."""

    def __init__(self, block, blocks, width):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, 7, 2, 3, bias=False)
        self.bn1 = nn.BatchNorm2d(width)
        self.inputs = width
        for i, count in enumerate(blocks):
            setattr(self, f"layer{i + 1}", self.stage(block, count, width * 2**i, 1 if i == 0 else 2))
        self.fc = nn.Linear(self.inputs, 5)

    def stage(self, block, count, width, stride):
        outputs = width * block.expansion
        downsample = None
        if stride != 1 or self.inputs != outputs:
            downsample = nn.Sequential(nn.Conv2d(self.inputs, outputs, 1, stride, bias=False), nn.BatchNorm2d(outputs))
        made = [block(self.inputs, width, stride, downsample)]
        self.inputs = outputs
        made += [block(outputs, width) for _ in range(count - 1)]
        return nn.Sequential(*made)

    def forward(self, images):
        x = torch.relu(self.bn1(self.conv1(images.permute(0, 3, 1, 2))))
        x = nn.functional.max_pool2d(x, 3, 2, 1)
        for i in range(1, 5):
            x = getattr(self, f"layer{i}")(x)
        return x.flatten(2).transpose(1, 2)


def flat(tensor, digits=9):
    return [float(f"{x:.{digits}g}") for x in tensor.detach().double().flatten().tolist()]


def run(network, images, weight, gradients):
    network.zero_grad()
    tokens = network(images)
    ((tokens * weight).sum() + tokens.mean(1).square().sum()).backward()
    named = dict(network.named_parameters())
    return {
        "pooled": flat(tokens.mean(1)),
        "tokens": flat(tokens),
        "gradients": {name: flat(named[name].grad) for name in gradients},
    }


def fill(network, generator):
    """Weights that keep the features at the order of 1, and moments as training would leave them."""
    for key, value in network.state_dict().items():
        if not value.is_floating_point():
            continue
        spread = torch.rand(value.shape, generator=generator)
        if value.dim() > 1:
            value.copy_((spread - 0.4) * 2 / value[0].numel() ** 0.5)
        else:
            value.copy_(0.5 + spread if key.endswith("running_var") else spread - 0.4)


def case(folder, name, block, blocks, width, images, gradients):
    generator = torch.Generator().manual_seed(20151210)
    network = Small(block, blocks, width)
    fill(network, generator)
    torch.save(network.state_dict(), folder / f"resnet-{name}.pth")
    network = network.double()
    weight = torch.randn(network.eval()(images).shape, generator=generator).double().mul(100).round() / 100
    evaluation = run(network.eval(), images, weight, gradients)
    training = run(network.train(), images, weight, gradients)
    moments = network.state_dict()
    moved = {key: flat(moments[key]) for key in ("bn1.running_mean", "layer4.0.bn2.running_var")}
    return {
        "options": {"size": images.shape[1], "blocks": blocks, "width": width},
        "weight": flat(weight),
        "running": evaluation,
        "batch": {**training, "moved": moved},
    }


def main(folder):
    shared = ["conv1.weight", "bn1.weight", "layer1.0.conv1.weight", "layer2.0.downsample.0.weight", "layer4.0.bn2.bias"]
    generator = torch.Generator().manual_seed(18)
    images = torch.randint(-128, 129, (2, 33, 33, 3), generator=generator).double() / 128
    fixture = {
        "images": {"shape": list(images.shape), "data": flat(images)},
        "resnet18": case(folder, "basic", BasicBlock, [1, 2, 1, 1], 3, images, shared),
        "resnet50": case(folder, "bottleneck", Bottleneck, [1, 2, 1, 1], 2, images, shared),
    }
    (folder / "resnet.json").write_text(json.dumps(fixture) + "\n")
    keys = {
        name: {key: list(value.shape) for key, value in getattr(torchvision.models, name)().state_dict().items()}
        for name in ("resnet18", "resnet34", "resnet50")
    }
    (folder / "resnet-keys.json").write_text(json.dumps(keys, indent=0) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
