"""Computes TwDH's equations in float64 for the inputs that a fixture holds, and writes the results beside them.

    python tools/oracles/twdh.py packages/clip-xmodal/fixtures/twdh.json

Needs NumPy. Sums are written out over items and bits; gradients are central differences.
"""

import json
import sys
from pathlib import Path

import numpy as np

from differences import gradient, rounded


def probabilities(logits):
    """That each bit is -1 and that it is +1, [n, 2 bits]."""
    z = np.exp(np.asarray(logits, float).reshape(len(logits), -1, 2))
    return (z / z.sum(2, keepdims=True)).reshape(len(logits), -1)


def label_centers(labels, centers, ties):
    rows = []
    for row in labels:
        votes = sum(np.array(center) for center, own in zip(centers, row) if own)
        rows.append([float(np.sign(vote)) or tie for vote, tie in zip(votes, ties)])
    return rows


def target_pairs(codes):
    return [[x for bit in row for x in ((0.0, 1.0) if bit > 0 else (1.0, 0.0))] for row in codes]


def cross_entropy(p, t):
    return -np.mean([np.log(x) if y else np.log(1 - x) for row, wanted in zip(p, t) for x, y in zip(row, wanted)])


def quantisation(p):
    return 1 - np.mean([(b - a) ** 2 for row in p for a, b in zip(row[0::2], row[1::2])])


def terms(v, image, text, weight, short_weight):
    long, short = (target_pairs(v["expected"][name]) for name in ("longCenters", "shortCenters"))
    image, text = probabilities(image), probabilities(text)
    shorter = [probabilities(x @ np.array(v["transform"])) for x in (image, text)]
    return {
        "imageCenters": cross_entropy(image, long) / 2,
        "textCenters": cross_entropy(text, long) / 2,
        "quantisation": weight * (quantisation(image) + quantisation(text)) / 2,
        "shortCenters": short_weight * sum(cross_entropy(x, short) for x in shorter) / 2,
        "shortQuantisation": short_weight * sum(map(quantisation, shorter)) / 2,
    }


def transform_terms(v, matrix):
    case = v["learning"]
    made = probabilities(np.array(target_pairs(v["expected"]["longCenters"])) @ matrix)
    return {
        "centers": cross_entropy(made, target_pairs(v["expected"]["shortCenters"])),
        "quantisation": quantisation(made),
        "sparsity": case["weight"] * sum(abs(x) for row in matrix for x in row),
    }


def main(path):
    v = json.loads(path.read_text())
    image, text = (np.array(v[name]) for name in ("imageLogits", "textLogits"))
    v["expected"] = expected = {
        "longCenters": label_centers(v["labels"], v["longCenters"], v["longTies"]),
        "shortCenters": label_centers(v["labels"], v["shortCenters"], v["shortTies"]),
    }
    made = probabilities(probabilities(image) @ np.array(v["transform"]))
    expected["shortImageCodes"] = [[1 if b > a else -1 for a, b in zip(row[0::2], row[1::2])] for row in made]
    for short_weight in (0, 0.3):
        def total(at, short_weight=short_weight):
            return sum(terms(v, at, text, v["weight"], short_weight).values())

        case = rounded(terms(v, image, text, v["weight"], short_weight))
        expected[f"shortWeight {short_weight}"] = {**case, "imageGradient": rounded(gradient(total, image), 7)}
    case, matrix = v["learning"], np.array(v["learning"]["transform"])
    found = rounded(transform_terms(v, matrix))
    by = gradient(lambda at: sum(transform_terms(v, at).values()), matrix)
    case["expected"] = {**found, "gradient": rounded(by, 7)}
    path.write_text(json.dumps(v) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
