"""Writes the fixtures of the vision transformer: a small network's weights in the layout of Google's npz files, its
outputs and some gradients in float64, and the key list of the published ViT-B/16.

    python tools/oracles/vit.py packages/backbones/fixtures

Needs NumPy and PyTorch. The forward pass is written here from the equations of arXiv:2010.11929 and the layout of the
published files, with einsum over the head axes as those files have them, so that it shares no reshaping with ours.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import torch

SMALL = dict(size=32, patch=8, width=24, depth=2, heads=3, mlp=40)
BASE16 = dict(size=224, patch=16, width=768, depth=12, heads=12, mlp=3072)
EPSILON = 1e-6


def shapes(size, patch, width, depth, heads, mlp):
    """Names and shapes of the encoder's arrays, as published."""
    per_head = width // heads
    named = {
        "cls": (1, 1, width),
        "embedding/kernel": (patch, patch, 3, width),
        "embedding/bias": (width,),
        "Transformer/posembed_input/pos_embedding": (1, 1 + (size // patch) ** 2, width),
        "Transformer/encoder_norm/scale": (width,),
        "Transformer/encoder_norm/bias": (width,),
    }
    for i in range(depth):
        block = f"Transformer/encoderblock_{i}"
        for norm in ("LayerNorm_0", "LayerNorm_2"):
            named[f"{block}/{norm}/scale"] = (width,)
            named[f"{block}/{norm}/bias"] = (width,)
        attention = f"{block}/MultiHeadDotProductAttention_1"
        for part in ("query", "key", "value"):
            named[f"{attention}/{part}/kernel"] = (width, heads, per_head)
            named[f"{attention}/{part}/bias"] = (heads, per_head)
        named[f"{attention}/out/kernel"] = (heads, per_head, width)
        named[f"{attention}/out/bias"] = (width,)
        named[f"{block}/MlpBlock_3/Dense_0/kernel"] = (width, mlp)
        named[f"{block}/MlpBlock_3/Dense_0/bias"] = (mlp,)
        named[f"{block}/MlpBlock_3/Dense_1/kernel"] = (mlp, width)
        named[f"{block}/MlpBlock_3/Dense_1/bias"] = (width,)
    return named


def layer_norm(x, scale, bias):
    centred = x - x.mean(-1, keepdim=True)
    return centred / torch.sqrt((centred**2).mean(-1, keepdim=True) + EPSILON) * scale + bias


def gelu(x):
    return 0.5 * x * (1 + torch.erf(x / math.sqrt(2)))


def attention(x, p, prefix):
    q, k, v = (
        torch.einsum("ntw,whd->nthd", x, p[f"{prefix}/{part}/kernel"]) + p[f"{prefix}/{part}/bias"]
        for part in ("query", "key", "value")
    )
    scores = torch.einsum("nqhd,nkhd->nhqk", q, k) / math.sqrt(q.shape[-1])
    mixed = torch.einsum("nhqk,nkhd->nqhd", torch.softmax(scores, -1), v)
    return torch.einsum("nqhd,hdw->nqw", mixed, p[f"{prefix}/out/kernel"]) + p[f"{prefix}/out/bias"]


def forward(images, p, depth):
    """images [n, size, size, 3] to all tokens [n, 1 + places, width]."""
    kernel = p["embedding/kernel"]
    patch = kernel.shape[0]
    patches = torch.nn.functional.conv2d(
        images.permute(0, 3, 1, 2), kernel.permute(3, 2, 0, 1), p["embedding/bias"], stride=patch
    )
    patches = patches.flatten(2).transpose(1, 2)
    x = torch.cat([p["cls"].expand(len(images), -1, -1), patches], 1)
    x = x + p["Transformer/posembed_input/pos_embedding"]
    for i in range(depth):
        block = f"Transformer/encoderblock_{i}"
        norm = layer_norm(x, p[f"{block}/LayerNorm_0/scale"], p[f"{block}/LayerNorm_0/bias"])
        x = x + attention(norm, p, f"{block}/MultiHeadDotProductAttention_1")
        norm = layer_norm(x, p[f"{block}/LayerNorm_2/scale"], p[f"{block}/LayerNorm_2/bias"])
        dense = [(p[f"{block}/MlpBlock_3/Dense_{j}/kernel"], p[f"{block}/MlpBlock_3/Dense_{j}/bias"]) for j in (0, 1)]
        x = x + gelu(norm @ dense[0][0] + dense[0][1]) @ dense[1][0] + dense[1][1]
    return layer_norm(x, p["Transformer/encoder_norm/scale"], p["Transformer/encoder_norm/bias"])


def resize_positions(positions, grid):
    """Bilinear with aligned corners, by PyTorch."""
    side = int(math.sqrt(positions.shape[1] - 1))
    first, rest = positions[:, :1], positions[:, 1:]
    square = rest.reshape(1, side, side, -1).permute(0, 3, 1, 2)
    larger = torch.nn.functional.interpolate(square, size=(grid, grid), mode="bilinear", align_corners=True)
    return torch.cat([first, larger.permute(0, 2, 3, 1).reshape(1, grid * grid, -1)], 1)


def flat(tensor, digits=9):
    return [float(f"{x:.{digits}g}") for x in tensor.detach().double().flatten().tolist()]


def main(folder):
    rng = np.random.default_rng(20210111)
    weights = {}
    for name, shape in shapes(**SMALL).items():
        scale = 0.3 if len(shape) > 1 else 0.1
        values = rng.normal(0, scale, shape) + (1.0 if name.endswith("scale") else 0.0)
        weights[name] = values.astype(np.float32)
    published = dict(weights)
    published["head/kernel"] = np.zeros((SMALL["width"], 5), np.float32)
    published["pre_logits/bias"] = np.zeros(SMALL["width"], np.float32)
    np.savez(folder / "vit-tiny.npz", **published)

    n, size = 2, SMALL["size"]
    images = rng.integers(-128, 129, (n, size, size, 3)) / 128
    p = {name: torch.tensor(value, dtype=torch.float64, requires_grad=True) for name, value in weights.items()}
    tokens = forward(torch.tensor(images), p, SMALL["depth"])
    pooled, places = tokens[:, 0], tokens[:, 1:]
    pooled_weight = torch.tensor(rng.normal(size=pooled.shape).round(2))
    tokens_weight = torch.tensor(rng.normal(size=places.shape).round(2))
    scalar = (pooled * pooled_weight).sum() + (places * tokens_weight).sum()
    scalar.backward()
    with_gradient = [
        "cls",
        "embedding/kernel",
        "Transformer/posembed_input/pos_embedding",
        "Transformer/encoderblock_0/LayerNorm_0/scale",
        "Transformer/encoderblock_0/MultiHeadDotProductAttention_1/query/kernel",
        "Transformer/encoderblock_0/MultiHeadDotProductAttention_1/out/kernel",
        "Transformer/encoderblock_1/MultiHeadDotProductAttention_1/value/bias",
        "Transformer/encoderblock_1/MlpBlock_3/Dense_0/kernel",
        "Transformer/encoder_norm/bias",
    ]
    positions = p["Transformer/posembed_input/pos_embedding"].detach()
    fixture = {
        "settings": {**{k: v for k, v in SMALL.items() if k != "mlp"}, "mlpWidth": SMALL["mlp"]},
        "images": {"shape": list(images.shape), "data": flat(torch.tensor(images))},
        "pooled": flat(pooled),
        "tokens": flat(places),
        "pooledWeight": flat(pooled_weight),
        "tokensWeight": flat(tokens_weight),
        "gradients": {name: flat(p[name].grad) for name in with_gradient},
        "positions": {str(grid): flat(resize_positions(positions, grid)) for grid in (1, 3, 6)},
    }
    (folder / "vit.json").write_text(json.dumps(fixture) + "\n")
    keys = {name: list(shape) for name, shape in sorted(shapes(**BASE16).items())}
    (folder / "vit-b16-keys.json").write_text(json.dumps(keys, indent=0) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
