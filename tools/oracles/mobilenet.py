"""Writes the fixtures of MobileNetV2: a small one as Keras 2 saved weights, the same with its batch normalisations folded
in, as a TensorFlow Lite graph has it, their outputs, some gradients and running means after a training step in float64,
and the key list of the published network.

    KERAS_BACKEND=torch python tools/oracles/mobilenet.py packages/backbones/fixtures

Needs Keras 3 on PyTorch, whose layers these are, and h5py.
"""

import json
import sys
from pathlib import Path

import h5py
import keras
import numpy as np
import torch

MULTIPLIER, WIDTH, SIZE = 0.1, 16, 33
GRADIENTS = ["Conv1/kernel", "bn_Conv1/gamma", "expanded_conv_depthwise/depthwise_kernel", "block_1_expand/kernel",
             "block_3_depthwise/depthwise_kernel", "block_16_project_BN/gamma", "Conv_1/kernel"]  # fmt: skip
MOVED = ["bn_Conv1/moving_mean", "block_6_depthwise_BN/moving_mean"]


def flat(values, digits=9):
    return [float(f"{x:.{digits}g}") for x in np.asarray(values, np.float64).ravel()]


def published_name(layer, weight):
    """Keras 2's: a depthwise kernel had a name of its own."""
    depthwise = isinstance(layer, keras.layers.DepthwiseConv2D) and weight.name == "kernel"
    return f"{layer.name}/{'depthwise_kernel' if depthwise else weight.name}"


def weights_of(model):
    return {published_name(layer, weight): weight for layer in model.layers for weight in layer.weights}


def small_model():
    """Keras' network up to the last convolution, whose channels are fixed there."""
    base = keras.applications.MobileNetV2((SIZE, SIZE, 3), alpha=MULTIPLIER, include_top=False, weights=None)
    x = base.get_layer("block_16_project_BN").output
    x = keras.layers.Conv2D(WIDTH, 1, use_bias=False, name="Conv_1")(x)
    x = keras.layers.BatchNormalization(epsilon=1e-3, momentum=0.999, name="Conv_1_bn")(x)
    return keras.Model(base.input, keras.layers.ReLU(6.0)(x))


def single(values):
    return np.float32(values).astype(np.float64)


def fill(model, rng, images):
    """Single-precision values, and running moments near those of the images, which keeps features at the order of 1."""
    for name, weight in weights_of(model).items():
        spread = rng.random(weight.shape)
        if len(weight.shape) > 1:
            fan = np.prod(weight.shape[:2]) * (1 if name.endswith("depthwise_kernel") else weight.shape[2])
            weight.assign(single((spread - 0.48) * 3 / fan**0.5))
        elif name.endswith(("gamma", "beta")):
            weight.assign(single(spread + 0.5 if name.endswith("gamma") else spread))
    norms = [layer for layer in model.layers if isinstance(layer, keras.layers.BatchNormalization)]
    for norm in norms:
        norm.momentum = 0.0
    model(images, training=True)
    for norm in norms:
        norm.momentum = 0.999
        for moment in (norm.moving_mean, norm.moving_variance):
            moment.assign(single(keras.ops.convert_to_numpy(moment) * (0.8 + 0.4 * rng.random(moment.shape))))


def save_keras(path, model):
    with h5py.File(path, "w") as file:
        file.attrs["layer_names"] = [layer.name.encode() for layer in model.layers]
        file.attrs["backend"], file.attrs["keras_version"] = b"tensorflow", b"2.2.0"
        for layer in model.layers:
            group = file.create_group(layer.name)
            names = [f"{published_name(layer, weight)}:0" for weight in layer.weights]
            group.attrs["weight_names"] = [name.encode() for name in names]
            for name, weight in zip(names, layer.weights):
                group[name] = np.float32(keras.ops.convert_to_numpy(weight))


def save_folded(path, model):
    arrays, operation = {}, 0
    layers = iter(model.layers)
    for layer in layers:
        if isinstance(layer, keras.layers.Add):
            operation += 1
        if not isinstance(layer, (keras.layers.Conv2D, keras.layers.DepthwiseConv2D)):
            continue
        operation += 1
        kernel = keras.ops.convert_to_numpy(layer.weights[0])
        gamma, beta, mean, variance = (keras.ops.convert_to_numpy(weight) for weight in next(layers).weights)
        factor = gamma / np.sqrt(variance + 1e-3)
        if isinstance(layer, keras.layers.DepthwiseConv2D):
            kernel = (kernel * factor[:, None]).transpose(3, 0, 1, 2)
        else:
            kernel = (kernel * factor).transpose(3, 0, 1, 2)
        arrays[f"{operation:02d}/kernel"] = np.float32(kernel)
        arrays[f"{operation:02d}/bias"] = np.float32(beta - mean * factor)
    arrays[f"{operation + 2:02d}/kernel"] = np.zeros((5, 1, 1, WIDTH), np.float32)
    arrays[f"{operation + 2:02d}/bias"] = np.zeros(5, np.float32)
    np.savez_compressed(path, **arrays)


def run(model, images, weight, training):
    variables = weights_of(model)
    for variable in variables.values():
        variable.value.grad = None
    y = model(images, training=training)
    tokens = y.reshape(y.shape[0], -1, y.shape[3])
    pooled = tokens.mean(1)
    ((tokens * weight).sum() + pooled.square().sum()).backward()
    return {
        "pooled": flat(pooled.detach()),
        "tokens": flat(tokens.detach()),
        "gradients": {name: flat(variables[name].value.grad) for name in GRADIENTS},
    }


def two_layers():
    """For the fuzzing of the reader: in a larger file injuries rarely meet anything but weights."""
    layers = [keras.Input((4, 4, 1)), keras.layers.Conv2D(2, 3, name="conv"), keras.layers.BatchNormalization(name="norm")]
    return keras.Sequential(layers)


def main(folder):
    keras.utils.set_random_seed(1)
    save_keras(folder / "keras-layers.h5", two_layers())
    keras.config.set_floatx("float64")
    rng = np.random.default_rng(20180113)
    model = small_model()
    images = torch.tensor(rng.integers(-128, 129, (2, SIZE, SIZE, 3)) / 128)
    fill(model, rng, images)
    save_keras(folder / "mobilenet-small.h5", model)
    save_folded(folder / "mobilenet-folded.npz", model)
    weight = torch.tensor(np.round(rng.normal(size=(2, 4, WIDTH)), 2))
    running = run(model, images, weight, training=False)
    batch = run(model, images, weight, training=True)
    moved = {name: flat(keras.ops.convert_to_numpy(weights_of(model)[name])) for name in MOVED}
    fixture = {
        "images": {"shape": list(images.shape), "data": flat(images)},
        "options": {"size": SIZE, "multiplier": MULTIPLIER, "width": WIDTH},
        "weight": flat(weight),
        "running": running,
        "batch": {**batch, "moved": moved},
    }
    (folder / "mobilenet.json").write_text(json.dumps(fixture) + "\n")
    keys = {}
    for multiplier in (0.35, 1.0):
        published = keras.applications.MobileNetV2((224, 224, 3), alpha=multiplier, include_top=True, weights=None)
        keys[str(multiplier)] = {name: list(weight.shape) for name, weight in weights_of(published).items()}
    (folder / "mobilenet-keys.json").write_text(json.dumps(keys, indent=0) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
