"""Writes small files with torch.save, in both of its formats, and what PyTorch itself reads from them; and hostile ones.

    python tools/oracles/torch_files.py packages/backbones/fixtures/torch

Needs PyTorch.
"""

import io
import json
import os
import pickle
import struct
import sys
import zipfile
from collections import OrderedDict
from pathlib import Path

import torch

DTYPES = {
    "bool": torch.bool,
    "uint8": torch.uint8,
    "int8": torch.int8,
    "int16": torch.int16,
    "int32": torch.int32,
    "int64": torch.int64,
    "float16": torch.float16,
    "bfloat16": torch.bfloat16,
    "float32": torch.float32,
    "float64": torch.float64,
}


def tensors():
    """A tensor of each type, and views of all kinds."""
    generator = torch.Generator().manual_seed(6)
    made = OrderedDict()
    for name, dtype in DTYPES.items():
        values = torch.randn(2, 3, generator=generator) * 3
        made[f"types.{name}"] = (values > 0) if dtype == torch.bool else values.abs().to(dtype)
    base = torch.arange(24, dtype=torch.float32).reshape(2, 3, 4)
    made["views.whole"] = base
    made["views.transposed"] = base.permute(2, 0, 1)
    made["views.slice"] = base[1, 1:]
    made["views.steps"] = base[:, ::2, 1::2]
    made["parameter"] = torch.nn.Parameter(torch.tensor([1.5, -2.0]))
    made["scalar"] = torch.tensor(7)
    made["empty"] = torch.zeros(0, 4)
    return made


def network():
    torch.manual_seed(3)
    return torch.nn.Sequential(torch.nn.Conv2d(1, 2, 3), torch.nn.BatchNorm2d(2))


def as_json(named):
    return {
        name: {
            "dtype": str(tensor.dtype).removeprefix("torch."),
            "shape": list(tensor.shape),
            "values": tensor.detach().double().flatten().tolist(),
        }
        for name, tensor in named.items()
    }


class Call:
    """Pickles as a call of any function."""

    def __init__(self, function, *arguments):
        self.function, self.arguments = function, arguments

    def __reduce__(self):
        return self.function, self.arguments


def zip_of(path, data):
    """What torch.save writes, with any pickle."""
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("evil/data.pkl", data)
        archive.writestr("evil/byteorder", "little")
        archive.writestr("evil/version", "3\n")
        archive.writestr("evil/data/0", struct.pack("<4f", 1, 2, 3, 4))


def hostile(folder):
    zip_of(folder / "system.pth", pickle.dumps(Call(os.system, "echo pwned > /tmp/pwned"), protocol=2))
    zip_of(folder / "eval.pth", pickle.dumps({"a": Call(eval, "1 + 1")}, protocol=2))
    zip_of(folder / "attributes.pth", b"\x80\x02ctorch\nFloatStorage\n}b.")

    def tensor(shape, strides, offset=0, length=4, key="0"):
        """A state dict of one tensor whose sizes need not be true."""
        storage = object()

        class Pickler(pickle.Pickler):
            def persistent_id(self, value):
                return ("storage", torch.FloatStorage, key, "cpu", length) if value is storage else None

        out = io.BytesIO()
        rebuild = Call(torch._utils._rebuild_tensor_v2, storage, offset, shape, strides, False, OrderedDict())
        Pickler(out, protocol=2).dump({"w": rebuild})
        return out.getvalue()

    zip_of(folder / "hugeShape.pth", tensor((2**40, 2**40), (1, 1)))
    zip_of(folder / "expanded.pth", tensor((10**9,), (0,)))
    zip_of(folder / "beyond.pth", tensor((2, 2), (3, 1)))
    zip_of(folder / "negative.pth", tensor((2, 2), (-1, 1), offset=3))
    zip_of(folder / "longStorage.pth", tensor((2, 2), (2, 1), length=2**40))
    zip_of(folder / "pathKey.pth", tensor((2, 2), (2, 1), key="../../../etc/passwd"))
    big = io.BytesIO()
    torch.save({"w": torch.ones(2)}, big)
    with zipfile.ZipFile(big) as source, zipfile.ZipFile(folder / "bigEndian.pth", "w") as target:
        for name in source.namelist():
            target.writestr(name, "big" if name.endswith("/byteorder") else source.read(name))


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    named = tensors()
    torch.save(named, folder / "tensors.pth")
    torch.save(named, folder / "tensors.legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(named, folder / "tensors.protocol4.pth", pickle_protocol=4)
    parallel = {f"module.{name}": value for name, value in network().state_dict().items()}
    checkpoint = {"epoch": 3, "best_prec1": 91.5, "arch": "small", "state_dict": parallel, "lr": [0.1, 0.01]}
    torch.save(checkpoint, folder / "checkpoint.pth")
    torch.save(network().state_dict(), folder / "network.legacy.pth", _use_new_zipfile_serialization=False)
    torch.save(network(), folder / "wholeNetwork.pth")
    torch.save({"epoch": 3}, folder / "noTensors.pth")
    hostile(folder)
    expected = {"tensors": as_json(named), "network": as_json(network().state_dict())}
    folder.with_suffix(".json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
