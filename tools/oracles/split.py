"""Splits as NumPy makes them, for packages/datasets/fixtures/split.json.

    python tools/oracles/split.py [folder of cifar-10-batches-bin and cifar-100-binary]

Needs NumPy. With the folder, the splits of the real labels are added; without it those of the file are kept.
"""

import hashlib
import json
import pathlib
import sys

import numpy as np

FIXTURE = pathlib.Path(__file__).parents[2] / "packages/datasets/fixtures/split.json"


def permutation(seed, n):
    np.random.seed(seed)
    order = np.random.permutation(n)
    return {
        "seed": seed,
        "n": n,
        "first": order[:5].tolist(),
        "last": order[-3:].tolist(),
        "sha256OfInt32": hashlib.sha256(order.astype("<i4").tobytes()).hexdigest(),
    }


def sha256_of_parts(parts):
    lines = []
    for name in sorted(parts):
        lines += [name, *map(str, parts[name])]
    return hashlib.sha256("".join(line + "\n" for line in lines).encode("ascii")).hexdigest()


def per_class(labels, sizes):
    """Query, train and rest: class after class, each class in random order."""
    query, train, rest = [], [], []
    for label in range(labels.max() + 1):
        members = np.flatnonzero(labels == label)
        members = members[np.random.permutation(len(members))]
        queries, training = sizes(len(members))
        query.append(members[:queries])
        train.append(members[queries : queries + training])
        rest.append(members[queries + training :])
    return tuple(np.concatenate(part) for part in (query, train, rest))


def protocols(labels, test_start, names):
    for name in names:
        for seed in (0, 7):
            np.random.seed(seed)
            if name == "cifar100-official":
                train = np.arange(test_start)
                query, database = np.arange(test_start, len(labels)), train
            else:
                sizes = {
                    "cifar10": lambda n: (100, 500),
                    "cifar10-1": lambda n: (100, 500),
                    "cifar10-2": lambda n: (1000, 5000),
                    "cifar100": lambda n: (n // 12, n // 6),
                }[name]
                query, train, rest = per_class(labels, sizes)
                database = {"cifar10-1": np.concatenate([train, rest]), "cifar10-2": train}.get(name, rest)
            database = database[np.random.permutation(len(database))]
            parts = {"train": train, "query": query, "database": database}
            yield {
                "protocol": name,
                "seed": seed,
                "counts": {part: len(positions) for part, positions in parts.items()},
                "firstOfDatabase": database[:5].tolist(),
                "sha256": sha256_of_parts(parts),
            }


def labels_of(folder, files, record, offset):
    bytes_ = np.concatenate([np.fromfile(folder / name, np.uint8) for name in files])
    return bytes_.reshape(-1, record)[:, offset]


def real(root):
    cifar10 = [*(f"data_batch_{i}.bin" for i in range(1, 6)), "test_batch.bin"]
    labels10 = labels_of(root / "cifar-10-batches-bin", cifar10, 3073, 0)
    labels100 = labels_of(root / "cifar-100-binary", ["train.bin", "test.bin"], 3074, 1)
    tests = (root / "cifar-100-binary/test.bin").stat().st_size // 3074
    return [
        *protocols(labels10, 50_000, ["cifar10", "cifar10-1", "cifar10-2"]),
        *({**split, "images": len(labels100)} for split in protocols(labels100, len(labels100) - tests, ["cifar100", "cifar100-official"])),
    ]


made_up = np.arange(60_000) * 7 % 10
made_up_100 = np.arange(12_000) * 7 % 100
fixture = {
    "permutations": [permutation(seed, n) for seed in (0, 1, 1814, 2**32 - 1) for n in (1, 2, 20, 195_834)],
    "madeUp": [
        *protocols(made_up, 50_000, ["cifar10", "cifar10-1", "cifar10-2"]),
        *protocols(made_up_100, 10_000, ["cifar100", "cifar100-official"]),
    ],
    "real": real(pathlib.Path(sys.argv[1])) if len(sys.argv) > 1 else json.loads(FIXTURE.read_text())["real"],
}
FIXTURE.write_text(json.dumps(fixture, indent=1) + "\n")
