"""Computes MITH's equations in float64 for the inputs that a fixture holds, and writes the results beside them.

    python tools/oracles/mith.py packages/clip-xmodal/fixtures/mith.json

Needs NumPy. Sums are written out over pairs, tokens and concepts; gradients are central differences.
"""

import json
import math
import sys
from pathlib import Path

import numpy as np

from differences import gradient, rounded

CODES = ("img_cls_hash", "txt_cls_hash", "img_tokens_hash", "txt_tokens_hash")
BUFFERS = ("img_cls", "txt_cls", "img_tokens", "txt_tokens")


def likelihood(known, hashes, similar):
    values = []
    for i, a in enumerate(known):
        for j, b in enumerate(hashes):
            odds = 0.5 * min(max(a @ b, -64), 64)
            values.append(math.log1p(math.exp(odds)) - similar[i][j] * odds)
    return np.mean(values)


def contrast(a, b, temperature=0.07):
    def one_way(x, y):
        total = 0
        for i, row in enumerate(x):
            logits = [row @ other / temperature for other in y]
            total += math.log(sum(math.exp(logit - logits[i]) for logit in logits))
        return total / len(x)

    return (one_way(a, b) + one_way(b, a)) / 2


def terms(v, buffers, constant, img_cls_hash, txt_cls_hash, img_tokens_hash, txt_tokens_hash):
    hyper, similar = v["hyper"], v["label_sim(train x batch)"]
    n, bits = img_cls_hash.shape
    share = hyper["hyper_lambda"]
    agreed = np.sign(
        share * (constant["img_cls_hash"] + constant["txt_cls_hash"])
        + (1 - share) * (constant["img_tokens_hash"] + constant["txt_tokens_hash"])
    )
    concepts = [np.array(v[f"trans_tokens_{m}(K,N,D unit)"]).swapaxes(0, 1) for m in "it"]
    p = {
        "B_code": agreed.tolist(),
        "tokens_intra_i": likelihood(buffers["img_tokens"], img_tokens_hash, similar),
        "tokens_intra_t": likelihood(buffers["txt_tokens"], txt_tokens_hash, similar),
        "cls_inter_i2t": likelihood(buffers["img_cls"], txt_cls_hash, similar),
        "cls_inter_t2i": likelihood(buffers["txt_cls"], img_cls_hash, similar),
        "quan_i": np.sum(((img_cls_hash + img_tokens_hash) / 2 - agreed) ** 2) / (n * bits),
        "quan_t": np.sum(((txt_cls_hash + txt_tokens_hash) / 2 - agreed) ** 2) / (n * bits),
        "infonce_cls": contrast(*(np.array(v[f"res_{m}_cls(unit)"]) for m in ("img", "txt"))),
        "infonce_tokens": np.mean([contrast(a, b) for a, b in zip(*concepts)]),
    }
    distilled = 0
    for cls, tokens, name in ((img_cls_hash, img_tokens_hash, "img"), (txt_cls_hash, txt_tokens_hash, "txt")):
        distilled += np.sum((constant[f"{name}_cls_hash"] - tokens) ** 2)
        distilled += 0.1 * np.sum((cls - constant[f"{name}_tokens_hash"]) ** 2)
    p["distill"] = distilled / n
    weighted = {
        "tokens_intra": hyper["hyper_tokens_intra"] * (p["tokens_intra_i"] + p["tokens_intra_t"]),
        "cls_inter": hyper["hyper_cls_inter"] * (p["cls_inter_i2t"] + p["cls_inter_t2i"]),
        "quan": hyper["hyper_quan"] * (p["quan_i"] + p["quan_t"]),
        "infonce": hyper["hyper_info_nce"] * (p["infonce_cls"] + hyper["hyper_alpha"] * p["infonce_tokens"]),
        "distill": hyper["hyper_distill"] * p["distill"],
    }
    return {**p, "total": sum(weighted.values()), "weighted": weighted}


def written(buffer, indices, rows):
    result = np.array(buffer)
    for index, row in zip(indices, rows):
        result[index] = row
    return result


def aggregate(case, hidden):
    """What the tokens say of each concept: a softmax over the tokens that vote for it."""
    x, scores = np.array(case["x(L,N,D)"]), np.array(case["concept_sim(L,N,K)"])
    tokens, items, concepts = scores.shape
    votes, weights = np.zeros_like(scores), np.zeros_like(scores)
    for n in range(items):
        for t in range(tokens):
            heard = [s if s > 0 and not (hidden and hidden[n][t]) else -math.inf for s in scores[t, n]]
            least = sorted(heard, reverse=True)[case["top_k"] - 1]
            votes[t, n] = [1 if math.isfinite(s) and s >= least else 0 for s in heard]
        for k in range(concepts):
            voters = [t for t in range(tokens) if votes[t, n, k]]
            total = sum(math.exp(scores[t, n, k]) for t in voters)
            for t in voters:
                weights[t, n, k] = math.exp(scores[t, n, k]) / total
    merged = np.array([[weights[:, n, k] @ x[:, n] for n in range(items)] for k in range(concepts)])
    return {"merged(K,N,D)": merged, "pseudo_label(L,N,K)": votes, "token_weights(L,N,K)": weights}


def modules(v):
    case = v["lta"]
    case["expected"] = rounded(aggregate(case, case["key_padding_mask(N,L)"]))
    open_case = aggregate(case, None)
    del open_case["token_weights(L,N,K)"]
    case["expected_without_mask"] = rounded(open_case)
    case = v["positional_encoding"]
    width = case["d_model"]
    angles = [[p / 10000 ** (2 * (f // 2) / width) for f in range(width)] for p in range(case["len"])]
    waves = [[(math.cos if f % 2 else math.sin)(a) for f, a in enumerate(row)] for row in angles]
    case["expected"] = rounded(np.array(waves) / math.sqrt(width))
    case = v["res_mlp_one_layer"]
    m = {name: np.array(values) for name, values in case.items()}
    norm = (m["x"] - m["x"].mean(1, keepdims=True)) / np.sqrt(m["x"].var(1, keepdims=True) + 1e-5)
    hidden = (norm * m["ln.weight"] + m["ln.bias"]) @ m["fc1.weight"].T + m["fc1.bias"]
    hidden = hidden * np.vectorize(lambda u: (1 + math.erf(u / math.sqrt(2))) / 2)(hidden)
    case["expected"] = rounded(m["x"] + hidden @ m["fc2.weight"].T + m["fc2.bias"])
    case = v["bitwise_hashing"]
    x, w, b = (np.array(case[name]) for name in ("x(K,N,D)", "w(K,D)", "b(K)"))
    case["expected(N,K)"] = rounded(np.tanh([[x[k, n] @ w[k] + b[k] for k in range(len(w))] for n in range(x.shape[1])]))


def main(path):
    v = json.loads(path.read_text())
    indices = v["batch_index_into_train"]
    codes = {name: np.array(v[name]) for name in CODES}
    labels = np.array(v["train_labels"]), np.array(v["batch_labels"])
    v["label_sim(train x batch)"] = [[int(np.dot(a, b) > 0) for b in labels[1]] for a in labels[0]]
    buffers = {
        buffer: written(v["buffers_before"][buffer], indices, codes[name])
        for buffer, name in zip(BUFFERS, CODES)
    }

    def total(**changed):
        return terms(v, buffers, codes, **{**codes, **changed})["total"]

    v["expected"] = rounded(
        {
            **terms(v, buffers, codes, **codes),
            **{f"grad_total_wrt_{name}": gradient(lambda x: total(**{name: x}), codes[name]) for name in CODES},
            "eval_code_img": np.sign(codes["img_cls_hash"] + codes["img_tokens_hash"]),
            "eval_code_txt": np.sign(codes["txt_cls_hash"] + codes["txt_tokens_hash"]),
        }
    )
    # A known mistake: all tables are one, in which the codes of the texts' tokens, written last, stay.
    one = written(v["buffers_before"]["img_cls"], indices, codes["txt_tokens_hash"])
    wrong = terms(v, dict.fromkeys(BUFFERS, one), codes, **codes)
    kept = ("tokens_intra_i", "tokens_intra_t", "cls_inter_i2t", "cls_inter_t2i")
    v["aliased_buffer_bug_of_refactor_on_gpu"] = rounded({name: wrong[name] for name in kept})
    modules(v)
    path.write_text(json.dumps(v) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
