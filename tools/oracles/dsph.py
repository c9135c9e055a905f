"""Computes DSPH's equations in float64 for the inputs that a fixture holds, and writes the results beside them.

    python tools/oracles/dsph.py packages/clip-xmodal/fixtures/dsph.json

Needs NumPy. Sums are written out over pairs; gradients are central differences.
"""

import json
import sys
from pathlib import Path

import numpy as np

from differences import gradient, rounded


def cosine(x, y):
    return x @ y / np.sqrt(x @ x) / np.sqrt(y @ y)


def mean(values):
    return float(np.mean(values)) if values else 0.0


def terms(image, text, proxies, labels, threshold, weight):
    def to_proxies(hashes):
        pairs = [(y, cosine(h, p)) for h, row in zip(hashes, labels) for p, y in zip(proxies, row)]
        return mean([1 - c for y, c in pairs if y]), mean([max(c - threshold, 0) for y, c in pairs if not y])

    several = [i for i, row in enumerate(labels) if sum(row) > 1]
    apart = [(i, j) for i in several for j in several if not np.dot(labels[i], labels[j])]

    def irrelevant(a, b):
        return weight * mean([max(cosine(a[i], b[j]) - threshold, 0) for i, j in apart])

    result = dict(zip(("pos_image", "neg_image"), to_proxies(image)))
    result.update(zip(("pos_text", "neg_text"), to_proxies(text)))
    result.update(reg_ii=irrelevant(image, image), reg_tt=irrelevant(text, text), reg_it=irrelevant(image, text))
    return {**result, "total": sum(result.values())}


def main(path):
    v = json.loads(path.read_text())
    inputs = {name: np.array(v[name]) for name in ("image_hash", "text_hash", "proxies")}
    labels, threshold, alpha = v["labels"], v["threshold"], v["alpha"]

    def total(**changed):
        return terms(*{**inputs, **changed}.values(), labels, threshold, alpha)["total"]

    def by(name, at):
        return gradient(lambda x: total(**{name: x}), at)

    gradients = {f"grad_total_wrt_{name}": by(name, at) for name, at in inputs.items()}
    v["expected"] = rounded({**terms(*inputs.values(), labels, threshold, alpha), **gradients})
    v["case_alpha_zero"]["expected"] = rounded(terms(*inputs.values(), labels, threshold, 0))
    case = v["case_no_irrelevant_multilabel_pair"]
    case["expected"] = rounded(terms(*inputs.values(), case["labels"], threshold, alpha))
    head = v["hash_head_eval_mode"]
    outputs = np.tanh(np.array(head["feature"]) @ np.array(head["fc.weight"]).T + np.array(head["fc.bias"]))
    head.update(expected_tanh=rounded(outputs), code=np.where(outputs >= 0, 1.0, -1.0).tolist())
    proxies, velocity = inputs["proxies"], 0
    for step in ("after_step1", "after_step2"):
        velocity = 0.9 * velocity + by("proxies", proxies) + 5e-4 * proxies
        proxies = proxies - 0.02 * velocity
        v["proxy_sgd(lr0.02,momentum0.9,wd5e-4)"][step] = rounded(proxies)
    path.write_text(json.dumps(v) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
