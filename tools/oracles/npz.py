"""Writes small npy and npz files with NumPy, one for each thing that a reader of them must know, and what NumPy itself
reads from them.

    python tools/oracles/npz.py packages/core/fixtures/npz

Needs NumPy.
"""

import io
import json
import sys
import zipfile
from pathlib import Path

import numpy as np

DTYPES = ["b1", "u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]


def arrays():
    rng = np.random.default_rng(8)
    made = {}
    for dtype in DTYPES:
        kind = np.dtype(dtype).kind
        if kind == "f":
            info = np.finfo(dtype)
            edges = [0.0, -0.0, 1.5, -2.25, info.max, info.min, info.tiny, np.inf, -np.inf, info.smallest_subnormal]
            made[dtype] = np.array(edges, dtype).reshape(2, 5)
        elif kind == "b":
            made[dtype] = np.array([[True, False, True]])
        else:
            info = np.iinfo(dtype)
            made[dtype] = np.array([info.min, info.max, 0, 1, 17, 100], dtype).reshape(3, 2)
    made["scalar"] = np.array(3.5, "f4")
    made["empty"] = np.zeros((0, 3), "f4")
    made["fortran"] = np.asfortranarray(rng.integers(0, 99, (2, 3, 4)).astype("f4"))
    made["nested/name with spaces"] = np.arange(5, dtype="f4")
    made["repetitive"] = np.zeros((10, 20), "f4")
    return made


def as_json(array):
    """Values as text, so that 64-bit integers, infinities and negative zeros survive."""
    values = [repr(x.item()) for x in array.ravel()]
    return {"dtype": array.dtype.name, "shape": list(array.shape), "values": values}


def write_version(path, array, version):
    with open(path, "wb") as file:
        np.lib.format.write_array(file, array, version=version)


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    made = arrays()
    np.savez(folder / "stored.npz", **made)
    np.savez_compressed(folder / "deflated.npz", **made)
    with zipfile.ZipFile(folder / "zip64.npz", "w", zipfile.ZIP_STORED) as archive:
        for name in ("f4", "fortran"):
            with archive.open(zipfile.ZipInfo(f"{name}.npy"), "w", force_zip64=True) as member:
                np.lib.format.write_array(member, made[name])
    ramp = np.arange(6, dtype="f4").reshape(2, 3)
    for version in ((1, 0), (2, 0), (3, 0)):
        write_version(folder / f"version{version[0]}.npy", ramp, version)
    np.save(folder / "bigEndian.npy", ramp.astype(">f4"))
    np.save(folder / "text.npy", np.array(["a", "bc"]))
    np.save(folder / "complex.npy", ramp.astype("c8"))
    np.save(folder / "pickled.npy", np.array([{"a": 1}], dtype=object))
    np.save(folder / "structured.npy", np.zeros(2, dtype=[("x", "f4"), ("y", "i4")]))
    buffer = io.BytesIO()
    np.save(buffer, ramp)
    with zipfile.ZipFile(folder / "bzip2.npz", "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("ramp.npy", buffer.getvalue())
    expected = {name: as_json(array) for name, array in made.items()}
    folder.with_suffix(".json").write_text(json.dumps(expected) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
