#!/usr/bin/env python3
"""Float64 oracle of iterative quantisation (Gong & Lazebnik, CVPR 2011) by NumPy's eigenvalues and singular values.

    python3 tools/oracles/itq.py        writes packages/core/fixtures/itq.json
"""

import json
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[2] / 'packages' / 'core' / 'fixtures' / 'itq.json'
random = np.random.RandomState(5)


def rounded(a):
    return (np.round(np.asarray(a, float), 13) + 0.0).tolist()


def principal_components(x, bits):
    mean = x.mean(0)
    values, vectors = np.linalg.eigh((x - mean).T @ (x - mean) / len(x))
    order = np.argsort(-values)[:bits]
    directions = vectors[:, order].T
    largest = np.abs(directions).argmax(1)
    signs = np.sign(directions[np.arange(bits), largest])
    return mean, directions * signs[:, None], values[order]


def quantisation_error(turned):
    return float(((np.where(turned >= 0, 1, -1) - turned) ** 2).sum() / len(turned))


def itq(v, rotation, iterations):
    errors = [quantisation_error(v @ rotation)]
    for _ in range(iterations):
        corners = np.where(v @ rotation >= 0, 1.0, -1.0)
        left, _, right = np.linalg.svd(v.T @ corners)
        rotation = left @ right
        errors.append(quantisation_error(v @ rotation))
    return rotation, errors


def main():
    bits, width = 4, 7
    # Rounded, so that the file holds the very numbers.
    x = np.round(random.randn(40, width) @ random.randn(width, width) + random.randn(width), 3)
    mean, directions, variances = principal_components(x, bits)
    v = (x - mean) @ directions.T
    start, _ = np.linalg.qr(random.randn(bits, bits))
    rotation, errors = itq(v, start, 12)
    square = np.round(random.randn(6, 6), 3)
    fixture = dict(
        features=rounded(x),
        mean=rounded(mean),
        directions=rounded(directions),
        variances=rounded(variances),
        projected=rounded(v),
        start=rounded(start),
        iterations=12,
        rotation=rounded(rotation),
        errors=rounded(errors),
        codes=np.where(v @ rotation >= 0, 1, -1).tolist(),
        square=rounded(square),
        singular_values=rounded(np.linalg.svd(square)[1]),
    )
    TARGET.write_text(json.dumps(fixture) + '\n')


if __name__ == '__main__':
    main()
