#!/usr/bin/env python3
"""Float64 oracle of iterative quantisation (Gong & Lazebnik, CVPR 2011) by NumPy's eigenvalues and singular values.

    python3 tools/oracles/itq.py        writes packages/core/fixtures/itq.json
"""

import json
from pathlib import Path

import numpy as np

TARGET = Path(__file__).parents[2] / 'packages' / 'core' / 'fixtures' / 'itq.json'
random = np.random.RandomState(5)
WIDE = 110


def rounded(a):
    return (np.round(np.asarray(a, float), 13) + 0.0).tolist()


def slowly_falling(n):
    """Correlations that fall with the distance, 0.9^|i - j|; its eigenvalues fall slowly, so that few stand out."""
    at = np.arange(n)
    return 0.9 ** np.abs(at[:, None] - at[None, :])


def eigenvectors(matrix, count):
    """The largest `count`; each vector's largest number, by size, is positive."""
    values, vectors = np.linalg.eigh(matrix)
    vectors = vectors[:, ::-1][:, :count].T
    signs = np.sign(vectors[np.arange(count), np.abs(vectors).argmax(1)])
    return values[::-1][:count], vectors * signs[:, None]


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
    mean = x.mean(0)
    covariance = (x - mean).T @ (x - mean) / len(x)
    variances, directions = eigenvectors(covariance, bits)
    v = (x - mean) @ directions.T
    start, _ = np.linalg.qr(random.randn(bits, bits))
    rotation, errors = itq(v, start, 12)
    slow_values, slow_vectors = eigenvectors(slowly_falling(WIDE), 5)
    square = np.round(random.randn(6, 6), 3)
    fixture = dict(
        features=rounded(x),
        mean=rounded(mean),
        covariance=rounded(covariance),
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
        slow=dict(n=WIDE, values=rounded(slow_values), vectors=np.round(slow_vectors, 11).tolist()),
    )
    TARGET.write_text(json.dumps(fixture) + '\n')


if __name__ == '__main__':
    main()
