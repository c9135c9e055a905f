"""Answers tools/bench/hamming.mjs: searches with faiss. One line of JSON in, one out."""

import json
import sys
import time

import faiss
import numpy as np

KINDS = {
    "IndexBinaryFlat": faiss.IndexBinaryFlat,
    # Three tables of a third of the bits, as ours have; codes within two flips of a query's part are looked at.
    "IndexBinaryMultiHash": lambda bits: faiss.IndexBinaryMultiHash(bits, 3, bits // 3),
    "IndexBinaryHNSW": lambda bits: faiss.IndexBinaryHNSW(bits, 16),
}

index = queries = None
for line in sys.stdin:
    question = json.loads(line)
    if "open" in question:
        width = question["bits"] // 8
        faiss.omp_set_num_threads(question["threads"])
        kind = question.get("kind", "IndexBinaryFlat")
        index = KINDS[kind](question["bits"])
        if kind == "IndexBinaryMultiHash":
            index.nflip = 2
        index.add(np.fromfile(question["open"]["codes"], np.uint8).reshape(-1, width))
        queries = np.fromfile(question["open"]["queries"], np.uint8).reshape(-1, width)
        answer = {}
    else:
        start = time.perf_counter()
        distances, _ = index.search(queries, question["search"])
        seconds = time.perf_counter() - start
        answer = {"seconds": seconds, "sum": int(distances.sum()), "last": int(distances[-1, -1])}
        if question.get("list"):
            answer["distances"] = distances.ravel().tolist()
    print(json.dumps(answer), flush=True)
