"""Compares networks of full size, with random weights in files as their authors publish them, with PyTorch in float64:
the features of two images, for CLIP also of two texts, and the gradients of a weighted sum of them by some parameters.

    python tools/oracles/full_size_parity.py [--engine onnxruntime] [network ...]

Needs PyTorch, torchvision, NumPy, h5py and Keras 3; after npm ci. CLIP's vocabulary is looked for in $HASH_DATA/clip-bpe.
The files, up to 600 MB, are in a temporary folder while a network is compared. An error is a share of the largest value
of its array. Prints a table of the largest errors, beside those of PyTorch itself in float32, and fails where one is
above 1e-4 and above twice PyTorch's: where a ReLU's input is within rounding of its kink, so much depends on the order
of sums.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

os.environ["KERAS_BACKEND"] = "torch"

import keras
import numpy as np
import torch
import torchvision

import clip
import convnet
import mobilenet
import vit

ROOT = Path(__file__).resolve().parents[2]
SIZE, TOLERANCE = 224, 1e-4
VIT_B32 = {**vit.BASE16, "patch": 32}
VIT_S16 = {**vit.BASE16, "width": 384, "heads": 6, "mlp": 1536}
VIT_TI16 = {**vit.BASE16, "width": 192, "heads": 3, "mlp": 768}
CLIP_B16 = {**clip.BASE32, "patch": 16}


def pixels(rng):
    return rng.integers(-128, 129, (2, SIZE, SIZE, 3)) / 128


def differentiate(run, dtype, factors):
    """Outputs, and gradients of the sum of their products with `factors`, which are drawn where they are absent."""
    outputs, parameters = run(dtype)
    for name, value in outputs.items():
        if name not in factors:
            factors[name] = torch.randn(value.shape, dtype=torch.float64)
    sum((value * factors[name].to(dtype)).sum() for name, value in outputs.items()).backward()
    gradients = {name: parameter.grad.double() for name, parameter in parameters.items()}
    for parameter in parameters.values():
        parameter.grad = None
    return {name: value.detach().double() for name, value in outputs.items()}, gradients


def expect(folder, inputs, run):
    """Writes what `run` computes in float64, and returns the largest errors of its float32."""
    factors = {}
    outputs, gradients = differentiate(run, torch.float64, factors)
    groups = {"input": inputs, "output": outputs, "weight": factors, "gradient": gradients}
    arrays = {f"{kind}/{name}": np.asarray(value) for kind, group in groups.items() for name, value in group.items()}
    np.savez(folder / "expected.npz", **arrays)
    single = differentiate(run, torch.float32, factors)
    return [max(error(mine[name], value) for name, value in exact.items())
            for mine, exact in zip(single, (outputs, gradients))]  # fmt: skip


def error(found, exact):
    return ((found - exact).abs().max() / exact.abs().max()).item()


def vision_transformer(settings):
    def make(folder, rng):
        weights = {}
        for name, shape in vit.shapes(**settings).items():
            values = rng.normal(0, 0.03 if len(shape) > 1 else 0.1, shape) + (1.0 if name.endswith("scale") else 0.0)
            weights[name] = values.astype(np.float32)
        head = {"head/kernel": np.zeros((settings["width"], 21843), np.float32), "head/bias": np.zeros(21843, np.float32)}
        np.savez(folder / "weights.npz", **weights, **head)
        images = pixels(rng)
        block = f"Transformer/encoderblock_{settings['depth'] - 1}"
        names = ["cls", "embedding/kernel", "Transformer/posembed_input/pos_embedding", "Transformer/encoder_norm/scale",
                 "Transformer/encoderblock_0/MultiHeadDotProductAttention_1/query/kernel",
                 f"{block}/MultiHeadDotProductAttention_1/out/kernel", f"{block}/MlpBlock_3/Dense_0/kernel"]  # fmt: skip

        def run(dtype):
            p = {name: torch.tensor(value, dtype=dtype, requires_grad=True) for name, value in weights.items()}
            tokens = vit.forward(torch.tensor(images, dtype=dtype), p, settings["depth"])
            return {"pooled": tokens[:, 0], "tokens": tokens[:, 1:]}, {name: p[name] for name in names}

        return "weights.npz", {"dropout": 0}, expect(folder, {"images": images}, run)

    return make


def residual(name):
    def make(folder, rng):
        network = getattr(torchvision.models, name)()
        images = pixels(rng)
        x = torch.tensor(images).permute(0, 3, 1, 2)
        norms = [layer for layer in network.modules() if isinstance(layer, torch.nn.BatchNorm2d)]
        for norm in norms:
            norm.momentum = 1.0
            torch.nn.init.uniform_(norm.weight, 0.5, 1.5)
            torch.nn.init.uniform_(norm.bias, -0.5, 0.5)
        # Moments near those of the images keep features at the order of 1.
        with torch.no_grad():
            network.train()(x.float())
            for norm in norms:
                norm.running_mean.mul_(0.8 + 0.4 * torch.rand(norm.num_features))
                norm.running_var.mul_(0.8 + 0.4 * torch.rand(norm.num_features))
        torch.save(network.state_dict(), folder / "weights.pth")
        network.eval()
        kept = {}
        network.layer4.register_forward_hook(lambda *call: kept.update(maps=call[2]))
        names = ["conv1.weight", "bn1.weight", "layer1.0.conv1.weight", "layer2.0.downsample.0.weight",
                 "layer4.1.bn2.bias", "layer4.1.conv2.weight"]  # fmt: skip

        def run(dtype):
            network.to(dtype)(x.to(dtype))
            tokens = kept["maps"].flatten(2).transpose(1, 2)
            parameters = dict(network.named_parameters())
            return {"pooled": tokens.mean(1), "tokens": tokens}, {name: parameters[name] for name in names}

        return "weights.pth", {"batchNorm": "running"}, expect(folder, {"images": images}, run)

    return make


def convolutional(name):
    def make(folder, rng):
        network = getattr(torchvision.models, name)().eval().double()
        images = pixels(rng)
        convnet.fill(network, torch.Generator().manual_seed(1), torch.tensor(images))
        torch.save({key: value.float() for key, value in network.state_dict().items()}, folder / "weights.pth")

        def run(dtype):
            network.to(dtype)
            maps = network.avgpool(network.features(torch.tensor(images, dtype=dtype).permute(0, 3, 1, 2)))
            parameters = dict(network.named_parameters())
            pooled = network.classifier[:6](maps.flatten(1))
            return {"pooled": pooled}, {key: parameters[key] for key in convnet.GRADIENTS[name]}

        return "weights.pth", {"dropout": 0}, expect(folder, {"images": images}, run)

    return make


def mobilenet_v2(precision):
    keras.config.set_floatx(precision)
    keras.config.set_dtype_policy(precision)
    return keras.applications.MobileNetV2((SIZE, SIZE, 3), include_top=False, weights=None)


def mobile(folded):
    # Of what stays the same when normalisations are folded, and of some more.
    shifts = {"01/bias": "bn_Conv1/beta", "02/bias": "expanded_conv_depthwise_BN/beta"}
    names = shifts if folded else {name: name for name in mobilenet.GRADIENTS}

    def make(folder, rng):
        model = mobilenet_v2("float64")
        images = pixels(rng)
        mobilenet.fill(model, rng, torch.tensor(images))
        save, file = (mobilenet.save_folded, "weights.npz") if folded else (mobilenet.save_keras, "weights.h5")
        save(folder / file, model)

        def run(dtype):
            network = model
            if dtype == torch.float32:
                network = mobilenet_v2("float32")
                network.set_weights(model.get_weights())
            maps = network(torch.tensor(images, dtype=dtype), training=False)
            tokens = maps.reshape(2, -1, maps.shape[3])
            variables = {name: weight.value for name, weight in mobilenet.weights_of(network).items()}
            return {"pooled": tokens.mean(1), "tokens": tokens}, {name: variables[key] for name, key in names.items()}

        options = {"batchNorm": "folded" if folded else "running"}
        return file, options, expect(folder, {"images": images}, run)

    return make


def contrastive(settings):
    def make(folder, rng):
        vocabulary = Path(os.environ.get("HASH_DATA", ROOT / "datasets")) / "clip-bpe" / "bpe_simple_vocab_16e6.txt.gz"
        model = clip.Published(**settings)
        clip.randomise(model, 0.03)
        clip.halve(model)
        torch.jit.save(torch.jit.script(model), folder / "weights.pt")
        images = pixels(rng)
        lengths = np.array([9, 32])
        ids = np.zeros((2, 32), np.int64)
        for row, length in zip(ids, lengths):
            row[:length] = [49406, *rng.integers(0, 49406, length - 2), 49407]
        names = ["visual.conv1.weight", "visual.class_embedding", "visual.positional_embedding", "visual.proj",
                 "visual.transformer.resblocks.0.attn.in_proj_weight", "visual.transformer.resblocks.11.mlp.c_fc.weight",
                 "positional_embedding", "transformer.resblocks.0.attn.in_proj_bias",
                 "transformer.resblocks.11.attn.out_proj.weight", "text_projection"]  # fmt: skip

        def run(dtype):
            seen, read = model.to(dtype)(torch.tensor(images, dtype=dtype).permute(0, 3, 1, 2), torch.tensor(ids))
            outputs = {"pooled": seen[:, 0], "tokens": seen[:, 1:], "text": read[[0, 1], lengths - 1], "textTokens": read}
            parameters = dict(model.named_parameters())
            return outputs, {name: parameters[name] for name in names}

        inputs = {"images": images, "ids": ids, "lengths": lengths}
        return "weights.pt", {"vocabulary": str(vocabulary)}, expect(folder, inputs, run)

    return make


NETWORKS = {
    "vit-b16": ("vit-b16", vision_transformer(vit.BASE16)),
    "vit-b32": ("vit-b32", vision_transformer(VIT_B32)),
    "vit-s16": ("vit-s16", vision_transformer(VIT_S16)),
    "vit-ti16": ("vit-ti16", vision_transformer(VIT_TI16)),
    "resnet18": ("resnet18", residual("resnet18")),
    "resnet34": ("resnet34", residual("resnet34")),
    "resnet50": ("resnet50", residual("resnet50")),
    "mobilenet-v2": ("mobilenet-v2", mobile(folded=False)),
    "mobilenet-v2-folded": ("mobilenet-v2", mobile(folded=True)),
    "alexnet": ("alexnet", convolutional("alexnet")),
    "vgg16": ("vgg16", convolutional("vgg16")),
    "vgg19": ("vgg19", convolutional("vgg19")),
    "clip-b32": ("clip-b32", contrastive(clip.BASE32)),
    "clip-b16": ("clip-b16", contrastive(CLIP_B16)),
}


def compare(name, engine):
    network, make = NETWORKS[name]
    torch.manual_seed(1)
    with tempfile.TemporaryDirectory(prefix="full-size-") as folder:
        weights, options, single = make(Path(folder), np.random.default_rng(1))
        files = [str(Path(folder) / file) for file in (weights, "expected.npz")]
        program = ["node", "--import", "tsx", "--conditions=@hash/source", "tools/oracles/full_size_parity.mjs"]
        command = [*program, engine, network, json.dumps(options), *files]
        done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, text=True)
    ours = json.loads(done.stdout.splitlines()[-1])
    return weights.removeprefix("weights"), [ours["features"], ours["gradients"]], single


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("networks", nargs="*", metavar="network", help=", ".join(NETWORKS))
    parser.add_argument("--engine", default="onnxruntime")
    given = parser.parse_args()
    unknown = [name for name in given.networks if name not in NETWORKS]
    if unknown:
        parser.error(f"unknown network {unknown[0]}; known: {', '.join(NETWORKS)}")
    good = True
    heading = ["network", "file", "engine", "features", "gradients", "features, PyTorch", "gradients, PyTorch"]
    print("|", " | ".join(heading), "|\n| --- | --- | --- | ---: | ---: | ---: | ---: |", flush=True)
    for name in given.networks or NETWORKS:
        ending, ours, single = compare(name, given.engine)
        cells = [f"`{name}`", f"`{ending}`", f"`{given.engine}`", *(f"{error:.1e}" for error in [*ours, *single])]
        print("|", " | ".join(cells), "|", flush=True)
        good = good and all(mine <= max(TOLERANCE, 2 * its) for mine, its in zip(ours, single))
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
