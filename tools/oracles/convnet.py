"""Writes the fixtures of AlexNet and VGG: small ones as torch.save writes them, with torchvision's layers and names, their
outputs and some gradients in float64, and the key lists of torchvision's networks.

    python tools/oracles/convnet.py packages/backbones/fixtures

Needs PyTorch and torchvision.
"""

import json
import sys
from pathlib import Path

import torch
import torchvision
from torch import nn

MULTIPLIER, WIDTH, SIZE = 1 / 64, 6, 95
GRADIENTS = {
    "alexnet": ["features.0.weight", "features.3.bias", "features.10.weight", "classifier.1.weight", "classifier.4.bias"],
    "vgg16": ["features.0.weight", "features.7.bias", "features.28.weight", "classifier.0.weight", "classifier.3.bias"],
    "vgg19": ["features.0.weight", "features.7.bias", "features.34.weight", "classifier.0.weight", "classifier.3.bias"],
}


def flat(tensor, digits=9):
    return [float(f"{x:.{digits}g}") for x in tensor.detach().double().flatten().tolist()]


def reduced(name):
    """torchvision's network with its layers replaced by ones of fewer channels; dropout is off."""
    network = getattr(torchvision.models, name)()
    inputs = 3
    for i, layer in enumerate(network.features):
        if isinstance(layer, nn.Conv2d):
            outputs = max(1, round(layer.out_channels * MULTIPLIER))
            network.features[i] = nn.Conv2d(inputs, outputs, layer.kernel_size, layer.stride, layer.padding)
            inputs = outputs
    inputs *= network.avgpool.output_size[0] ** 2
    for i, layer in enumerate(network.classifier):
        if isinstance(layer, nn.Linear):
            outputs = WIDTH if i < 6 else 5
            network.classifier[i] = nn.Linear(inputs, outputs)
            inputs = outputs
    return network.eval()


def fill(network, generator, images):
    """Single-precision weights of mixed signs that keep each layer's outputs at the order of 1."""
    x = images.permute(0, 3, 1, 2)
    for layer in [*network.features, network.avgpool, nn.Flatten(), *network.classifier]:
        for value in layer.parameters():
            value.data = torch.rand(value.shape, generator=generator).double() - 0.4
        x = layer(x)
        if isinstance(layer, (nn.Conv2d, nn.Linear)):
            spread = x.std()
            for value in layer.parameters():
                value.data = (value.data / spread).float().double()
            x = x / spread
        x = x.detach()


def pixels():
    """The same in TypeScript: eighths from -1 to 1 in no simple order."""
    index = torch.arange(2 * SIZE * SIZE * 3)
    return ((index * index // 7 + index * 7919) % 17 - 8).double().div(8).reshape(2, SIZE, SIZE, 3)


def case(folder, name):
    generator = torch.Generator().manual_seed(20140904)
    network = reduced(name).double()
    images = pixels()
    fill(network, generator, images)
    state = {key: value.float() for key, value in network.state_dict().items()}
    torch.save(state, folder / f"convnet-{name}.pth")
    weight = torch.randn((2, WIDTH), generator=generator).double().mul(100).round() / 100
    maps = network.avgpool(network.features(images.permute(0, 3, 1, 2)))
    pooled = network.classifier[:6](maps.flatten(1))
    ((pooled * weight).sum() + pooled.square().sum()).backward()
    named = dict(network.named_parameters())
    return {
        "options": {"size": SIZE, "multiplier": MULTIPLIER, "width": WIDTH, "dropout": 0},
        "weight": flat(weight),
        "pooled": flat(pooled),
        "gradients": {key: flat(named[key].grad) for key in GRADIENTS[name]},
    }


def main(folder):
    (folder / "convnet.json").write_text(json.dumps({name: case(folder, name) for name in ("alexnet", "vgg16")}) + "\n")
    keys = {
        name: {key: list(value.shape) for key, value in getattr(torchvision.models, name)().state_dict().items()}
        for name in ("alexnet", "vgg16", "vgg19")
    }
    (folder / "convnet-keys.json").write_text(json.dumps(keys, indent=0) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
