"""Computes DCMHT's equations in float64 for the inputs that a fixture holds, and writes the results beside them.

    python tools/oracles/dcmht.py packages/clip-xmodal/fixtures/dcmht.json

Needs NumPy. Sums are written out over pairs of items; gradients are central differences.
"""

import json
import sys
from pathlib import Path

import numpy as np

from differences import gradient, rounded

MODALITIES = {"IT": ("image", "text"), "II": ("image", "image"), "TT": ("text", "text")}


def softmax_pairs(logits):
    pairs = np.asarray(logits, float).reshape(len(logits), -1, 2)
    powers = np.exp(pairs - pairs.max(-1, keepdims=True))
    return (powers / powers.sum(-1, keepdims=True)).reshape(len(logits), -1)


def codes(pairs):
    return np.where(pairs[:, 1::2] > pairs[:, 0::2], 1, -1)


def share_label(labels):
    return np.array([[float(any(a and b for a, b in zip(x, y))) for y in labels] for x in labels])


def distances(a, b):
    return np.array([[np.sqrt(sum((p - q) ** 2 for p, q in zip(x, y))) for y in b] for x in a])


def cosines(a, b):
    return np.array([[x @ y / np.sqrt(x @ x) / np.sqrt(y @ y) for y in b] for x in a])


def split_loss(near, far, similar):
    """Means over all pairs of items of what pulls and of what pushes."""
    return {"positive": np.mean(similar * near), "negative": np.mean((1 - similar) * far)}


def euclidean(a, b, similar, rate, power):
    d = distances(a, b)
    maximum = np.sqrt(a.shape[1] * rate)
    return split_loss(d**power, (maximum - np.minimum(d, maximum)) ** power, similar)


def cosine(a, b, similar, threshold, power):
    d = 1 - cosines(a, b)
    near = (np.maximum(d * similar, threshold) - threshold) ** power
    far = ((1 - similar) - np.minimum(d * (1 - similar), 1)) ** power
    return {"positive": near.mean(), "negative": far.mean()}


def entropy(a, b, similar, threshold):
    c = np.clip(cosines(a, b), threshold, 1 - threshold)
    return np.mean(-similar * np.log(c) - (1 - similar) * np.log(1 - c))


def quantisation(pairs):
    return 1 - np.mean((2 * pairs - 1) ** 2)


def total(terms):
    return sum(value for pair in terms.values() for value in pair.values())


def losses(v):
    logits = {name: np.array(v[f"logits_{name}"]) for name in ("image", "text")}
    similar = share_label(v["labels"])
    bits = v["K"]

    def each(loss, given=logits):
        pairs = {name: softmax_pairs(value) for name, value in given.items()}
        return {key: loss(pairs[a], pairs[b]) for key, (a, b) in MODALITIES.items()}

    def collected(given):
        pairs = [softmax_pairs(value) for value in given.values()]
        terms = each(lambda a, b: euclidean(a, b, similar, v["vartheta"], 2), given)
        return total(terms) + v["quan_alpha"] * np.mean([quantisation(x) for x in pairs])

    def change(name):
        return lambda x: collected({**logits, name: x})

    pairs = {name: softmax_pairs(value) for name, value in logits.items()}
    first = each(lambda a, b: euclidean(a, b, similar, 0.5, 2))
    through = "(through pair softmax)"
    return {
        "label_sim": similar,
        **{f"pairs_{name}": x for name, x in pairs.items()},
        **{f"codes_{name}": codes(x) for name, x in pairs.items()},
        "max_value_sqrt(2*K*vartheta)": np.sqrt(2 * bits * v["vartheta"]),
        "cdist_IT": distances(pairs["image"], pairs["text"]),
        "refactor_l2_euclidean": each(lambda a, b: euclidean(a, b, similar, v["vartheta"], 2)),
        **{f"quan_{name}": quantisation(x) for name, x in pairs.items()},
        "total_refactor": collected(logits),
        **{f"grad_total_wrt_logits_{name}{through}": gradient(change(name), x) for name, x in logits.items()},
        "original_DCHMT_l2_vartheta0.5_noquan": {**first, "total": total(first)},
        "original_DCHMT_l1_vartheta0.5": each(lambda a, b: euclidean(a, b, similar, 0.5, 1)),
        "refactor_cosine_bce_threshold0.1(value is used as BOTH positive and negative)": each(
            lambda a, b: entropy(a, b, similar, 0.1)
        ),
        "original_cosine_l2_threshold0.1": each(lambda a, b: cosine(a, b, similar, 0.1, 2)),
    }


def attention_head(v):
    x, w_in, b_in = (np.array(v[name]) for name in ("x", "in_proj_weight", "in_proj_bias"))
    width = x.shape[1]
    # One place to look at: the weight of attention is 1, whatever query and key are.
    value = x @ w_in[2 * width :].T + b_in[2 * width :]
    mixed = value @ np.array(v["out_proj.weight"]).T + np.array(v["out_proj.bias"])

    def finish(mean, variance):
        normal = (mixed - mean) / np.sqrt(variance + 1e-5) * np.array(v["norm.weight"]) + np.array(v["norm.bias"])
        return softmax_pairs(np.maximum(normal @ np.array(v["fc2.weight"]).T + np.array(v["fc2.bias"]), 0))

    mean, variance = mixed.mean(0), mixed.var(0)
    running_mean, running_variance = 0.1 * mean, 0.9 + 0.1 * mixed.var(0, ddof=1)
    return {
        "attention_out": mixed,
        "image_head_batchnorm_train_mode": finish(mean, variance),
        "bn_running_mean_after_one_step(momentum0.1,init0)": running_mean,
        "bn_running_var_after_one_step(init1,unbiased)": running_variance,
        "image_head_batchnorm_eval_mode_using_those_running_stats": finish(running_mean, running_variance),
        "text_head_layernorm": finish(mixed.mean(1, keepdims=True), mixed.var(1, keepdims=True)),
    }


def select_head(v):
    hidden = np.maximum(np.array(v["x"]) @ np.array(v["fc.weight"]).T + np.array(v["fc.bias"]), 0)
    layers = zip(v["hash_list.weight(K,2,E)"], v["hash_list.bias"])
    return np.stack([softmax_pairs(hidden @ np.array(w).T + np.array(b)) for w, b in layers], 1)


def main(path):
    v = json.loads(path.read_text())
    v["expected"] = rounded(losses(v))
    v["hash_head_refactor"]["expected"] = rounded(attention_head(v["hash_head_refactor"]))
    v["hash_head_original"]["expected_pairs(B,K,2)"] = rounded(select_head(v["hash_head_original"]))
    path.write_text(json.dumps(v) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
