"""Writes the files of tools/bench/readers.mjs, one line of JSON in, one out; with two files as arguments, reads them."""

import json
import resource
import sys
import time

import h5py
import numpy as np
import safetensors
import safetensors.numpy
import torch

ARRAYS = 20


def write(path, size):
    rng = np.random.default_rng(1)
    values = lambda: (rng.integers(-100, 100, size // ARRAYS // 4, np.int8) / np.float32(64)).astype(np.float32)
    arrays = {f"layer{i}/kernel": values() for i in range(ARRAYS)}
    if path.endswith(".npz"):
        (np.savez_compressed if "packed" in path else np.savez)(path, **arrays)
    elif path.endswith(".pth"):
        state = {name: torch.from_numpy(value) for name, value in arrays.items()}
        torch.save(state, path, _use_new_zipfile_serialization="legacy" not in path)
    elif path.endswith(".safetensors"):
        safetensors.numpy.save_file(arrays, path)
    else:
        with h5py.File(path, "w") as file:
            for name, value in arrays.items():
                file[name] = value


def read(path):
    if path.endswith(".npz"):
        with np.load(path) as file:
            for name in file:
                file[name].sum()
    elif path.endswith(".pth"):
        for value in torch.load(path).values():
            value.sum()
    elif path.endswith(".safetensors"):
        with safetensors.safe_open(path, "numpy") as file:
            for name in file.keys():
                file.get_tensor(name).sum()
    else:
        with h5py.File(path) as file:
            for group in file.values():
                group["kernel"][:].sum()


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(small, large):
    read(small)
    before, start = peak(), time.perf_counter()
    read(large)
    seconds = time.perf_counter() - start
    print(json.dumps({"megabytes": (peak() - before) / 1e6, "seconds": seconds}))


if len(sys.argv) == 3:
    main(*sys.argv[1:])
else:
    for line in sys.stdin:
        question = json.loads(line)
        write(question["write"], int(question["bytes"]))
        print("{}", flush=True)
