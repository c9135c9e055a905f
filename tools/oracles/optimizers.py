"""Writes packages/core/fixtures/optimizers.json and bertadam.json: parameters after each of some steps, in float64.

Run from the repository's root, with torch installed: python tools/oracles/optimizers.py

The former is PyTorch's own optimisers. The latter is BertAdam from its equations, in NumPy.
"""

import json
import math
from pathlib import Path

import numpy as np
import torch

FIXTURES = Path("packages/core/fixtures")
START = {"w": [-0.166, 0.441, -1.0], "b": [-0.128, -0.948]}
GRADIENTS = [
    {"w": [1.085, -1.917, 0.535], "b": [0.086, -0.072]},
    {"w": [-1.279, -1.922, -0.147], "b": [-0.128, 0.275]},
    {"w": [-1.383, 0.96, -0.947]},  # b has none: it must stay as it is, and its step must not count.
    {"w": [1.111, -1.05, 1.297], "b": [-0.151, -0.03]},
    {"w": [1e-6, 1e-4, 0.0], "b": [-1e-5, 1e-7]},
    {"w": [1.395, -1.284, -1.783], "b": [-0.025, -0.115]},
]
# Norms on both sides of the limit.
BERT_GRADIENTS = [
    *GRADIENTS[:2],
    {"w": [-1.383, 0.96, -0.947], "b": [0.215, -0.076]},
    GRADIENTS[3],
    {"w": [0.056, 1.093, 1.482], "b": [-0.277, 0.168]},
    GRADIENTS[5],
]


def rounded(values):
    return [round(float(x), 12) for x in values]


def pytorch(name, options, make):
    """`w` has a weight decay, `b` a learning rate of its own."""
    w, b = (torch.tensor(START[key], dtype=torch.float64) for key in "wb")
    groups = [
        {"params": [w], "lr": 0.01, "weight_decay": 0.1},
        {"params": [b], "lr": 0.002, "weight_decay": 0.0},
    ]
    optimizer = make(groups)
    after = []
    for gradients in GRADIENTS:
        for key, p in (("w", w), ("b", b)):
            p.grad = torch.tensor(gradients[key], dtype=torch.float64) if key in gradients else None
        optimizer.step()
        after.append({"w": rounded(w), "b": rounded(b)})
    return {"optimizer": name, "options": options, "after": after}


def bert_adam(rate=0.01, warmup=0.2, total=10, betas=(0.9, 0.98), epsilon=1e-6, decay=0.2, max_norm=1.0):
    p = {key: np.array(values) for key, values in START.items()}
    m = {key: np.zeros_like(values) for key, values in p.items()}
    v = {key: np.zeros_like(values) for key, values in p.items()}
    after = []
    for t, step in enumerate(BERT_GRADIENTS):
        x = t / total
        now = rate * (x / warmup if x < warmup else 0.5 * (1 + math.cos(math.pi * x)))
        for key in p:
            g = np.array(step[key])
            g = g * min(1.0, max_norm / (np.linalg.norm(g) + 1e-6))
            m[key] = betas[0] * m[key] + (1 - betas[0]) * g
            v[key] = betas[1] * v[key] + (1 - betas[1]) * g * g
            p[key] = p[key] - now * (m[key] / (np.sqrt(v[key]) + epsilon) + decay * p[key])
        after.append({"learningRate": round(now, 12), **{key: rounded(p[key]) for key in p}})
    return {
        "learningRate": rate,
        "warmup": warmup,
        "steps": total,
        "weightDecay": decay,
        "options": {"betas": list(betas), "epsilon": epsilon, "maxGradientNorm": max_norm},
        "start": START,
        "gradients": BERT_GRADIENTS,
        "after": after,
    }


adam_options = {"betas": [0.8, 0.99], "epsilon": 1e-6}
cases = [
    pytorch("adam", {}, torch.optim.Adam),
    pytorch("adam", adam_options, lambda groups: torch.optim.Adam(groups, betas=(0.8, 0.99), eps=1e-6)),
    pytorch("adamW", {}, torch.optim.AdamW),
    pytorch("sgd", {}, torch.optim.SGD),
    pytorch("sgd", {"momentum": 0.9}, lambda groups: torch.optim.SGD(groups, momentum=0.9)),
    pytorch("rmsProp", {}, torch.optim.RMSprop),
    pytorch("rmsProp", {"decay": 0.9, "epsilon": 1e-4}, lambda groups: torch.optim.RMSprop(groups, alpha=0.9, eps=1e-4)),
]
optimizers = {
    "source": f"PyTorch {torch.__version__.split('+')[0]}, float64",
    "groups": [
        {"parameter": "w", "learningRate": 0.01, "weightDecay": 0.1},
        {"parameter": "b", "learningRate": 0.002},
    ],
    "start": START,
    "gradients": GRADIENTS,
    "cases": cases,
}
(FIXTURES / "optimizers.json").write_text(json.dumps(optimizers, indent=1) + "\n")
(FIXTURES / "bertadam.json").write_text(json.dumps(bert_adam(), indent=1) + "\n")
