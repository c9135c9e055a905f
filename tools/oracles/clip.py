"""Writes the fixtures of CLIP: a small network as the TorchScript archive that OpenAI publishes, what it computes and some
gradients in float64, the key list of the published ViT-B/32, and archives that must be refused.

    python tools/oracles/clip.py packages/backbones/fixtures

Needs PyTorch. The network is written here from arXiv:2103.00020 and the names in the published state dict.
"""

import json
import math
import sys
import warnings
import zipfile
from pathlib import Path
from typing import Tuple

import torch
from torch import Tensor, nn

SMALL = dict(size=16, patch=4, width=16, depth=2, heads=2, vocabulary=40, context=12, text_width=12, text_depth=2,
             text_heads=3, features=10)
BASE32 = dict(size=224, patch=32, width=768, depth=12, heads=12, vocabulary=49408, context=77, text_width=512,
              text_depth=12, text_heads=8, features=512)


class Mlp(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.c_fc = nn.Linear(width, 4 * width)
        self.c_proj = nn.Linear(4 * width, width)

    def forward(self, x: Tensor) -> Tensor:
        hidden = self.c_fc(x)
        return self.c_proj(hidden * torch.sigmoid(1.702 * hidden))


class Block(nn.Module):
    def __init__(self, width: int, heads: int):
        super().__init__()
        self.attn = nn.MultiheadAttention(width, heads, batch_first=True)
        self.ln_1 = nn.LayerNorm(width)
        self.mlp = Mlp(width)
        self.ln_2 = nn.LayerNorm(width)

    def forward(self, x: Tensor, mask: Tensor, padding: Tensor) -> Tensor:
        y = self.ln_1(x)
        x = x + self.attn(y, y, y, attn_mask=mask, key_padding_mask=padding, need_weights=False)[0]
        return x + self.mlp(self.ln_2(x))


class Transformer(nn.Module):
    def __init__(self, width: int, depth: int, heads: int):
        super().__init__()
        self.resblocks = nn.ModuleList([Block(width, heads) for _ in range(depth)])

    def forward(self, x: Tensor, mask: Tensor, padding: Tensor) -> Tensor:
        for block in self.resblocks:
            x = block(x, mask, padding)
        return x


class Vision(nn.Module):
    def __init__(self, size: int, patch: int, width: int, depth: int, heads: int, features: int):
        super().__init__()
        self.conv1 = nn.Conv2d(3, width, patch, stride=patch, bias=False)
        self.class_embedding = nn.Parameter(torch.zeros(width))
        self.positional_embedding = nn.Parameter(torch.zeros(1 + (size // patch) ** 2, width))
        self.ln_pre = nn.LayerNorm(width)
        self.transformer = Transformer(width, depth, heads)
        self.ln_post = nn.LayerNorm(width)
        self.proj = nn.Parameter(torch.zeros(width, features))

    def forward(self, images: Tensor) -> Tensor:
        patches = self.conv1(images).flatten(2).transpose(1, 2)
        first = self.class_embedding.expand(patches.shape[0], 1, -1)
        x = self.ln_pre(torch.cat([first, patches], 1) + self.positional_embedding)
        places = x.shape[1]
        everything = torch.zeros(places, places, dtype=x.dtype)
        nothing = torch.zeros(x.shape[0], places, dtype=x.dtype)
        return self.ln_post(self.transformer(x, everything, nothing)) @ self.proj


class Clip(nn.Module):
    def __init__(self, size: int, patch: int, width: int, depth: int, heads: int, vocabulary: int, context: int,
                 text_width: int, text_depth: int, text_heads: int, features: int):
        super().__init__()
        self.visual = Vision(size, patch, width, depth, heads, features)
        self.transformer = Transformer(text_width, text_depth, text_heads)
        self.token_embedding = nn.Embedding(vocabulary, text_width)
        self.positional_embedding = nn.Parameter(torch.zeros(context, text_width))
        self.ln_final = nn.LayerNorm(text_width)
        self.text_projection = nn.Parameter(torch.zeros(text_width, features))
        self.logit_scale = nn.Parameter(torch.tensor(math.log(1 / 0.07)))

    def texts(self, ids: Tensor, hide_padding: bool) -> Tensor:
        length = ids.shape[1]
        x = self.token_embedding(ids) + self.positional_embedding[:length]
        mask = torch.full((length, length), -math.inf, dtype=x.dtype).triu(1)
        padding = torch.zeros(ids.shape[0], length, dtype=x.dtype)
        if hide_padding:
            padding = padding.masked_fill(ids == 0, -math.inf)
        return self.ln_final(self.transformer(x, mask, padding)) @ self.text_projection

    def forward(self, images: Tensor, ids: Tensor) -> Tuple[Tensor, Tensor]:
        return self.visual(images), self.texts(ids, False)


class Published(Clip):
    """With the sizes that the published archives hold as tensors."""

    def __init__(self, size: int, vocabulary: int, context: int, **others: int):
        super().__init__(size=size, vocabulary=vocabulary, context=context, **others)
        self.register_buffer("input_resolution", torch.tensor(size))
        self.register_buffer("context_length", torch.tensor(context))
        self.register_buffer("vocab_size", torch.tensor(vocabulary))


def halve(model):
    """The mixture of types of the published archives: products in float16, the rest in float32."""
    for name, parameter in model.named_parameters():
        if any(part in name for part in ("conv1", "attn.", "mlp.")) or name.endswith("proj") or "projection" in name:
            parameter.data = parameter.data.half()


def randomise(model, spread=0.3):
    generator = torch.Generator().manual_seed(2021)
    for name, parameter in model.named_parameters():
        scale = spread if parameter.dim() > 1 else 0.1
        centre = 1.0 if ".ln_" in f".{name}" and name.endswith("weight") else 0.0
        if name != "logit_scale":
            parameter.data = torch.randn(parameter.shape, generator=generator) * scale + centre


def flat(tensor, digits=9):
    return [float(f"{x:.{digits}g}") for x in tensor.detach().double().flatten().tolist()]


def features(model):
    generator = torch.Generator().manual_seed(7)
    size, context, vocabulary = SMALL["size"], SMALL["context"], SMALL["vocabulary"]
    images = torch.randint(-128, 129, (2, 3, size, size), generator=generator).double() / 128
    texts = [[4, 0, 17], [9, 30, 30, 2, 11, 8, 5]]
    lengths = [len(text) + 2 for text in texts]
    length = context - 2
    ids = torch.zeros(2, length, dtype=torch.long)
    for row, text in zip(ids, texts):
        row[: len(text) + 2] = torch.tensor([vocabulary - 2, *text, vocabulary - 1])
    seen, read = model(images, ids)
    pooled = read[torch.arange(2), ids.argmax(-1)]
    outputs = {"image": seen[:, 0], "patches": seen[:, 1:], "text": pooled, "tokens": read}
    weights = {name: torch.randn(value.shape, generator=generator).double() for name, value in outputs.items()}
    sum((value * weights[name]).sum() for name, value in outputs.items()).backward()
    # A zero within a text is a word, and only hidden because it looks like padding: no mask of ours hides it.
    hidden = ids.clone()
    hidden[0, 2] = 1
    return {
        "images": {"shape": [2, size, size, 3], "data": flat(images.permute(0, 2, 3, 1))},
        "ids": ids.tolist(),
        "lengths": lengths,
        "outputs": {name: {"shape": list(value.shape), "values": flat(value)} for name, value in outputs.items()},
        "weights": {name: flat(value) for name, value in weights.items()},
        "hidden": {"ids": hidden.tolist(), "tokens": flat(model.texts(hidden, True))},
        "gradients": {
            name: flat(parameter.grad)
            for name, parameter in model.named_parameters()
            if parameter.grad is not None and "resblocks.1" not in name
        },
        "unreached": [name for name, parameter in model.named_parameters() if parameter.grad is None],
    }


def keys(model):
    return {name: list(value.shape) for name, value in sorted(model.state_dict().items())}


def archive_of(path, body):
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("evil/data.pkl", b"\x80\x02" + body + b".")
        archive.writestr("evil/byteorder", "little")


def hostile(folder):
    thing = b"c__torch__\nThing\n)\x81"
    archive_of(folder / "scriptCall.pt", b"cposix\nsystem\n)\x81")
    archive_of(folder / "scriptState.pt", thing + b"K\x01b")
    archive_of(folder / "scriptTwice.pt", thing + b"K\x01\x85R")
    archive_of(folder / "scriptCycle.pt", thing + b"q\x00}X\x01\0\0\0ah\x00sb")
    # Sixty objects, each twice in the next one: 2^60 names.
    doubled = thing + b"q\x00" + (thing + b"}(X\x01\0\0\0ah\x00X\x01\0\0\0bh\x00ubq\x00") * 60
    archive_of(folder / "scriptDoubled.pt", doubled)
    archive_of(folder / "scriptEmpty.pt", thing)


def main(folder):
    warnings.simplefilter("ignore", FutureWarning)
    model = Published(**SMALL)
    randomise(model)
    halve(model)
    torch.jit.save(torch.jit.script(model), folder / "torch" / "clip-tiny.pt")
    torch.save(model.state_dict(), folder / "torch" / "clip-tiny-state.pt")
    fixture = {"settings": SMALL, "dtypes": {k: str(v.dtype) for k, v in model.state_dict().items()}}
    fixture.update(features(model.double()))
    (folder / "clip.json").write_text(json.dumps(fixture) + "\n")
    with torch.device("meta"):
        published = keys(Clip(**BASE32))
    (folder / "clip-vit-b32-keys.json").write_text(json.dumps(published, indent=0) + "\n")
    hostile(folder / "torch")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
