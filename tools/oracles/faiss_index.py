"""Writes packages/core/fixtures/faiss.json: an index as faiss saves it, and what faiss finds in it.

Run: python tools/oracles/faiss_index.py   (needs faiss-cpu; see tools/bench/requirements.txt)
"""

import base64
import json
import pathlib
import tempfile

import faiss
import numpy as np

BITS, COUNT, QUERIES, K, RADIUS = 48, 200, 6, 10, 17
rng = np.random.default_rng(48)
codes = rng.integers(0, 256, (COUNT, BITS // 8), dtype=np.uint8)
queries = rng.integers(0, 256, (QUERIES, BITS // 8), dtype=np.uint8)
codes[150:160] = queries[0]  # ties at distance 0

flat = faiss.IndexBinaryFlat(BITS)
flat.add(codes)
distances, _ = flat.search(queries, K)
# faiss's radius is open: it takes distances below it.
limits, near, ids = flat.range_search(queries, RADIUS + 1)


def saved(index):
    with tempfile.NamedTemporaryFile() as file:
        faiss.write_index_binary(index, file.name)
        return base64.b64encode(pathlib.Path(file.name).read_bytes()).decode()


def encoded(array):
    return base64.b64encode(array.tobytes()).decode()


ranges = []
for q in range(QUERIES):
    part = slice(int(limits[q]), int(limits[q + 1]))
    ranges.append(sorted([int(d), int(i)] for d, i in zip(near[part], ids[part])))

out = pathlib.Path(__file__).parents[2] / "packages/core/fixtures/faiss.json"
out.write_text(
    json.dumps(
        {
            "faiss": faiss.__version__,
            "bits": BITS,
            "flat": saved(flat),
            "empty": saved(faiss.IndexBinaryFlat(64)),
            "hnsw": saved(faiss.IndexBinaryHNSW(64, 4)),
            "codes": encoded(codes),
            "queries": encoded(queries),
            "k": K,
            "distances": distances.tolist(),
            "radius": RADIUS,
            "within": ranges,
        }
    )
    + "\n"
)
