"""Answers tools/bench/itq.mjs: iterative quantisation as its equations are written, with NumPy in float64. One line of JSON
in, one out."""

import json
import sys
import time

import numpy as np

ITERATIONS = 50


def learn(features, bits, rng):
    """Mean and normals of the planes, and the mean of what is lost by taking signs."""
    mean = features.mean(0)
    centred = features - mean
    _, vectors = np.linalg.eigh(centred.T @ centred / len(features))
    components = vectors[:, ::-1][:, :bits]
    projected = centred @ components
    rotation, _ = np.linalg.qr(rng.standard_normal((bits, bits)))
    for _ in range(ITERATIONS):
        left, _, right = np.linalg.svd(projected.T @ np.where(projected @ rotation >= 0, 1.0, -1.0))
        rotation = left @ right
    turned = projected @ rotation
    return mean, components @ rotation, np.mean(np.sum((np.abs(turned) - 1) ** 2, 1))


everything = train = hasher = None
for line in sys.stdin:
    question = json.loads(line)
    if "open" in question:
        everything = np.fromfile(question["open"], np.float32).reshape(-1, question["width"]).astype(np.float64)
        train = everything[: question["train"]]
        answer = {}
    elif "learn" in question:
        start = time.perf_counter()
        *hasher, error = learn(train, question["learn"], np.random.default_rng(1))
        answer = {"seconds": time.perf_counter() - start, "error": float(error)}
    else:
        mean, normals = hasher
        start = time.perf_counter()
        np.packbits((everything - mean) @ normals >= 0, axis=1, bitorder="little")
        answer = {"seconds": time.perf_counter() - start}
    print(json.dumps(answer), flush=True)
