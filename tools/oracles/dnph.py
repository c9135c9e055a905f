"""Computes DNPH's equations in float64 for the inputs that a fixture holds, and writes the results beside them.

    python tools/oracles/dnph.py packages/clip-xmodal/fixtures/dnph.json

Needs NumPy and SciPy, whose solver finds the assignments. Sums are written out over items and classes; gradients are
central differences.
"""

import json
import sys
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

from differences import gradient, rounded

INPUTS = {
    "image_hash": "image_hash",
    "text_hash": "text_hash",
    "proxies": "proxies",
    "image_pre": "image_pre(logits)",
    "text_pre": "text_pre(logits)",
}


def unit(x):
    return x / np.sqrt(x @ x)


def log_softmax(x):
    return x - np.max(x) - np.log(np.sum(np.exp(x - np.max(x))))


def proxy_loss(hashes, proxies, labels, margin):
    total = 0
    for h, row in zip(hashes, labels):
        distances = [np.sum((unit(h) - unit(p)) ** 2) + margin * y for p, y in zip(proxies, row)]
        total -= np.dot(row, log_softmax(-np.array(distances)))
    return total / len(hashes)


def cross_entropy(logits, targets):
    return -np.mean([log_softmax(row)[target] for row, target in zip(logits, targets)])


def assign(hashes, corners):
    costs = np.array([[np.sqrt(np.sum((h - r) ** 2)) for r in corners] for h in hashes])
    rows, columns = linear_sum_assignment(costs)
    return columns, costs[rows, columns].sum()


def terms(v, image_hash, text_hash, proxies, image_pre, text_pre):
    labels, corners = v["labels"], np.array(v["noise(+-1, shared by both modalities)"])
    targets = [row.index(1) for row in labels]
    result = {
        "p_loss": proxy_loss([*image_hash, *text_hash], proxies, labels + labels, v["mrg"]),
        "d_loss_image": cross_entropy(image_pre, targets),
        "d_loss_text": cross_entropy(text_pre, targets),
        "ce_target(first positive class)": targets,
    }
    for name, hashes in (("image", image_hash), ("text", text_hash)):
        columns, cost = assign(hashes, corners)
        key = "assignment_image(row->noise row)" if name == "image" else "assignment_text"
        likeness = np.mean([h @ corners[column] for h, column in zip(hashes, columns)])
        result.update({key: columns.tolist(), f"assignment_cost_{name}": cost, f"noise_{name}": likeness})
    spread = result["noise_image"] + result["noise_text"]
    losses = result["p_loss"] + result["d_loss_image"] + result["d_loss_text"]
    return {**result, "total": losses - v["noise_alpha"] * spread}


def assignments():
    """Costs with few different values have ties: the least sum is what counts, not who is where."""
    cases = []
    for size, values in ((1, 100), (2, 3), (7, 5), (20, 1000)):
        costs = np.random.default_rng(size).integers(0, values, (size, size))
        rows, columns = linear_sum_assignment(costs)
        cases.append({"costs": costs.tolist(), "least": int(costs[rows, columns].sum())})
    return cases


def main(path):
    v = json.loads(path.read_text())
    inputs = {name: np.array(v[key]) for name, key in INPUTS.items()}

    def by(name):
        return gradient(lambda x: terms(v, **{**inputs, name: x})["total"], inputs[name])

    gradients = {f"grad_total_wrt_{name}": by(name) for name in inputs}
    v["expected"] = rounded({**terms(v, **inputs), **gradients})
    v["assignments"] = assignments()
    path.write_text(json.dumps(v) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
