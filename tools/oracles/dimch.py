"""Computes DIMCH's equations in float64 for the inputs that a fixture holds, and writes the results beside them.

    python tools/oracles/dimch.py packages/clip-xmodal/fixtures/dimch.json

Needs NumPy. Sums are written out over items and vectors; gradients are central differences.
"""

import json
import math
import sys
from itertools import combinations, product
from pathlib import Path

import numpy as np

from differences import gradient, rounded


def unit(x):
    return x / np.sqrt(x @ x)


def units(sets):
    return [[unit(x) for x in one] for one in sets]


def chamfer(one, other, temperature):
    def soft_nearest(x, ys):
        return math.log(sum(math.exp(temperature * (x @ y)) for y in ys)) / temperature

    there = np.mean([soft_nearest(x, other) for x in one])
    back = np.mean([soft_nearest(y, one) for y in other])
    return (there + back) / 2


def gain_weights(labels):
    shared = [[int(np.dot(a, b)) for b in labels] for a in labels]
    weights = []
    for row in shared:
        ideal = sum((2**s - 1) / math.log2(rank + 2) for rank, s in enumerate(sorted(row, reverse=True)))
        weights.append([(2**s - 1) / ideal if ideal else 0 for s in row])
    return weights


def triplets(distance, labels, margin):
    items, weights = range(len(labels)), gain_weights(labels)
    values = []
    for i, j, k in product(items, repeat=3):
        if np.dot(labels[i], labels[j]) and not np.dot(labels[i], labels[k]):
            values.append(max((weights[i][j] - weights[i][k]) * (distance(i, j) - distance(i, k) + margin), 0))
    positive = [value for value in values if value > 1e-16]
    return sum(values) / len(positive) if positive else 0


def mean_kernel(xs, ys):
    return np.mean([math.exp(-0.5 * math.sqrt(np.sum((x - y) ** 2))) for x in xs for y in ys])


def alike(vectors, size):
    return sum(math.exp(-20 * np.sum((p - q) ** 2)) for p, q in combinations(vectors, 2)) / (size * (size - 1) / 2)


def cosine_distance(a, b):
    return max(1 - unit(a) @ unit(b), 0)


def terms(v, image, text):
    labels, hyper, size = v["labels"], v["hyper"], image.shape[1]
    a, b = units(image), units(text)
    flat = [[x for one in sets for x in one] for sets in (a, b)]
    codes = [np.tanh(sets.mean(axis=1)) for sets in (image, text)]
    temperature = v["smooth_chamfer"]["temperature"]

    def apart(i, j):
        return max(1 - chamfer(a[i], b[j], temperature), 0)

    def codes_apart(i, j):
        return cosine_distance(codes[0][i], codes[1][j])

    p = {
        "smooth_chamfer_similarity_i2t": [[chamfer(x, y, temperature) for y in b] for x in a],
        "ndcg_weight": gain_weights(labels),
        "img_hash": codes[0],
        "txt_hash": codes[1],
        "tokens_i2t": triplets(apart, labels, hyper["token_triplet_margin"]),
        "tokens_t2i": triplets(lambda i, j: apart(j, i), labels, hyper["token_triplet_margin"]),
        "mmd": mean_kernel(flat[0], flat[0]) - 2 * mean_kernel(*flat) + mean_kernel(flat[1], flat[1]),
        "div": alike(flat[0], size) + alike(flat[1], size),
        "hash_i2t": triplets(codes_apart, labels, hyper["triplet_margin"]),
        "hash_t2i": triplets(lambda i, j: codes_apart(j, i), labels, hyper["triplet_margin"]),
        "quan_i": np.mean((codes[0] - np.sign(codes[0])) ** 2),
        "quan_t": np.mean((codes[1] - np.sign(codes[1])) ** 2),
        "div_if_computed_per_instance(intended?)": sum(np.mean([alike(one, size) for one in sets]) for sets in (a, b)),
    }
    p["total"] = (
        hyper["triplet_alpha"] * (p["tokens_i2t"] + p["tokens_t2i"]) / 2
        + hyper["mmd_alpha"] * p["mmd"]
        + hyper["unif_alpha"] * p["div"]
        + hyper["hash_triplet_alpha"] * (p["hash_i2t"] + p["hash_t2i"]) / 2
        + hyper["quan_alpha"] * (p["quan_i"] + p["quan_t"]) / 2
    )
    return p


def convolve(x, weight, bias):
    """Along the features, whose channels are the tokens, with a zero on either side."""
    items, tokens, width = x.shape
    result = np.zeros((items, len(weight), width))
    for n, m, d in np.ndindex(*result.shape):
        near = ((t, tap) for t in range(tokens) for tap in range(3) if 0 <= d + tap - 1 < width)
        result[n, m, d] = bias[m] + sum(weight[m, t, tap] * x[n, t, d + tap - 1] for t, tap in near)
    return result


def main(path):
    v = json.loads(path.read_text())
    image, text = (np.array(v[f"{m}_tokens(B,M,K)"]) for m in ("image", "text"))
    gradients = {
        "grad_total_wrt_image_tokens": gradient(lambda x: terms(v, x, text)["total"], image),
        "grad_total_wrt_text_tokens": gradient(lambda x: terms(v, image, x)["total"], text),
    }
    v["expected"] = rounded({**terms(v, image, text), **gradients})
    case = v["token_conv1d"]
    x, weight, bias = (np.array(case[name]) for name in ("x(N,T,D)", "weight(M,T,3)", "bias"))
    case["expected_before_relu(N,M,D)"] = rounded(convolve(x, weight, bias))
    path.write_text(json.dumps(v) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
