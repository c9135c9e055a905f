"""Writes packages/core/fixtures/nn.json: outputs and gradients of small layers by PyTorch in float64.

Run from the repository's root, with torch installed: python tools/oracles/nn.py

Images are turned to NHWC and kernels to [height, width, inputs, outputs] or [inputs, outputs] on the way out.
"""

import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

torch.set_default_dtype(torch.float64)
torch.manual_seed(7)
TARGET = Path("packages/core/fixtures/nn.json")


def channels_last(t):
    return t.permute(0, 2, 3, 1) if t.dim() == 4 else t


def kernel(t):
    return t.permute(2, 3, 1, 0) if t.dim() == 4 else t.t()


def same(t):
    return t


def array(t):
    return {"shape": list(t.shape), "data": [round(x, 9) for x in t.detach().contiguous().flatten().tolist()]}


def case(layer, options, x, apply, parameters=(), mask=None, state=()):
    """`parameters` and `state` are triples of our name, tensor and layout."""
    x = x.clone().requires_grad_()
    before = {name: array(layout(p)) for name, p, layout in (*parameters, *state)}
    y = apply(x)
    upstream = torch.randn_like(y)
    y.backward(upstream)
    return {
        "layer": layer,
        "options": options,
        "parameters": before,
        "input": array(channels_last(x)),
        **({"mask": array(mask)} if mask is not None else {}),
        "output": array(channels_last(y)),
        "upstream": array(channels_last(upstream)),
        "gradients": {
            "input": array(channels_last(x.grad)),
            **{name: array(layout(p.grad)) for name, p, layout in parameters},
        },
        "state": {name: array(layout(p)) for name, p, layout in state},
    }


def linear(shape, outputs, bias):
    module = nn.Linear(shape[-1], outputs, bias)
    parameters = [("kernel", module.weight, kernel)] + ([("bias", module.bias, same)] if bias else [])
    return case("linear", {"inputs": shape[-1], "outputs": outputs}, torch.randn(shape), module, parameters)


def layer_norm(shape, epsilon):
    module = nn.LayerNorm(shape[-1], epsilon)
    randomise(module)
    parameters = [("scale", module.weight, same), ("bias", module.bias, same)]
    options = {"width": shape[-1], "epsilon": epsilon}
    return case("layerNorm", options, torch.randn(shape) * 3 + 1, module, parameters)


def randomise(module):
    with torch.no_grad():
        for p in module.parameters():
            p.copy_(torch.randn_like(p))


def batch_norm(shape, training):
    module = (nn.BatchNorm2d if len(shape) == 4 else nn.BatchNorm1d)(shape[1]).train(training)
    randomise(module)
    with torch.no_grad():
        module.running_mean.copy_(torch.randn(shape[1]))
        module.running_var.copy_(torch.rand(shape[1]) + 0.5)
    return case(
        "batchNorm",
        {"channels": shape[1], "training": training},
        torch.randn(shape) * 2 + 1,
        module,
        [("scale", module.weight, same), ("bias", module.bias, same)],
        state=[("mean", module.running_mean, same), ("variance", module.running_var, same)],
    )


def conv2d(side, inputs, outputs, size, stride=1, padding=0, dilation=1, depthwise=False, bias=True):
    groups = inputs if depthwise else 1
    module = nn.Conv2d(inputs, outputs, size, stride, padding, dilation, groups, bias)
    options = {
        "inputs": inputs,
        "outputs": outputs,
        "size": size,
        "stride": stride,
        "padding": padding,
        "dilation": dilation,
        "depthwise": depthwise,
    }
    parameters = [("kernel", module.weight, kernel)] + ([("bias", module.bias, same)] if bias else [])
    return case("conv2d", options, torch.randn(2, inputs, side, side + 1), module, parameters)


def attention(n, places, width, heads, mask=None):
    module = nn.MultiheadAttention(width, heads, batch_first=True)
    randomise(module)
    split = [nn.Parameter(w.clone()) for w in module.in_proj_weight.chunk(3)]
    biases = [nn.Parameter(b.clone()) for b in module.in_proj_bias.chunk(3)]

    def apply(x):
        y, _ = F.multi_head_attention_forward(
            *[x.transpose(0, 1)] * 3, width, heads, torch.cat(split), torch.cat(biases), None, None, False, 0.0,
            module.out_proj.weight, module.out_proj.bias, attn_mask=mask, need_weights=False,
        )
        return y.transpose(0, 1)

    parameters = [("out/kernel", module.out_proj.weight, kernel), ("out/bias", module.out_proj.bias, same)]
    for name, w, b in zip(("query", "key", "value"), split, biases):
        parameters += [(f"{name}/kernel", w, kernel), (f"{name}/bias", b, same)]
    # JSON has no infinity: -1e9 hides as well.
    return case("attention", {"width": width, "heads": heads}, torch.randn(n, places, width), apply, parameters, mask)


def elementwise(layer, apply):
    x = torch.cat([torch.linspace(-6, 6, 25), torch.tensor([-40.0, -1e-4, 1e-4, 40.0])])
    return case(layer, {}, x, apply)


causal = torch.triu(torch.full((4, 4), -1e9), 1)
cases = [
    linear((3, 4), 2, True),
    linear((2, 3, 4), 5, False),
    layer_norm((2, 3, 5), 1e-6),
    layer_norm((4, 3), 1e-2),
    batch_norm((2, 3, 2, 3), True),
    batch_norm((5, 3), True),
    batch_norm((2, 3, 2, 3), False),
    conv2d(5, 2, 3, 3),
    conv2d(6, 2, 3, 3, stride=2, padding=1),
    conv2d(9, 1, 2, 7, stride=2, padding=3, bias=False),
    conv2d(8, 2, 2, 2, stride=2),
    conv2d(7, 2, 2, 3, padding=2, dilation=2),
    conv2d(6, 3, 3, 3, stride=2, padding=1, depthwise=True),
    conv2d(6, 3, 3, 3, padding=1, dilation=2, depthwise=True, bias=False),
    attention(2, 3, 4, 2),
    attention(2, 4, 6, 3, causal),
    elementwise("gelu", F.gelu),
    elementwise("quickGelu", lambda x: x * torch.sigmoid(1.702 * x)),
]
TARGET.write_text(json.dumps({"source": f"PyTorch {torch.__version__.split('+')[0]}, float64", "cases": cases}) + "\n")
