"""Answers tools/bench/metrics.mjs: mean average precision as the field's scripts compute it, query by query. One line of
JSON in, one out."""

import json
import sys
import time

import numpy as np


def signs(path, bits):
    packed = np.fromfile(path, np.uint8).reshape(-1, bits // 8)
    return 2.0 * np.unpackbits(packed, axis=1, bitorder="little") - 1


def mean_average_precision(queries, database, query_labels, labels, k):
    total = 0.0
    for code, label in zip(queries, query_labels):
        relevant = labels @ label > 0
        distance = 0.5 * (code.size - database @ code)
        hits = np.flatnonzero(relevant[np.argsort(distance, kind="stable")][:k]) + 1.0
        if hits.size:
            total += np.mean(np.arange(1, hits.size + 1) / hits)
    return total / len(queries)


data = None
for line in sys.stdin:
    question = json.loads(line)
    if "open" in question:
        paths, classes, some = question["open"], question["classes"], question["queries"]
        labels = [np.fromfile(paths[key], np.uint8).reshape(-1, classes) for key in ("queryLabels", "labels")]
        data = (
            signs(paths["queryCodes"], question["bits"])[:some],
            signs(paths["codes"], question["bits"]),
            labels[0][:some].astype(np.float64),
            labels[1].astype(np.float64),
        )
        answer = {}
    else:
        start = time.perf_counter()
        value = mean_average_precision(*data, question["map"])
        answer = {"seconds": time.perf_counter() - start, "value": float(value)}
    print(json.dumps(answer), flush=True)
