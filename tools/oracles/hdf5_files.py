"""Writes small HDF5 files with h5py, with one object for each thing that a reader of them must know, and as JSON what
h5py itself reads from them.

    python tools/oracles/hdf5_files.py packages/core/fixtures/hdf5

Needs h5py and NumPy.
"""

import json
import sys
from pathlib import Path

import h5py
import numpy as np

DTYPES = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8", "f2", "f4", "f8"]


def write_objects(file):
    rng = np.random.default_rng(5)
    for dtype in DTYPES:
        kind = np.dtype(dtype).kind
        info = np.finfo(dtype) if kind == "f" else np.iinfo(dtype)
        file[f"types/{dtype}"] = np.array([[info.min, info.max, 1], [0, 17, 100]], dtype)
    file["types/big-endian"] = np.arange(6, dtype=">f4").reshape(2, 3)
    file["types/bool"] = np.array([True, False, True])
    file["types/enum"] = np.array([2, 0], dtype=h5py.enum_dtype({"CAT": 0, "DOG": 2}, basetype="i2"))
    file["scalar"] = 3.5
    file["empty"] = np.zeros((0, 3), "f4")
    chunks = {"chunks": (10, 7), "compression": "gzip", "shuffle": True, "fletcher32": True}
    file.create_dataset("packed", data=rng.integers(0, 9, (105, 7)).astype("f4"), **chunks)
    file["bytes"] = np.array([b"ab", b"c"])
    file["strings"] = ["déjà", "x", ""]
    file["string"] = "one"
    file["record"] = np.zeros(2, dtype=[("x", "f4"), ("y", "i4")])
    file["null"] = h5py.Empty("f4")
    group = file.create_group("model_weights/dense")
    group["kernel:0"] = np.arange(6, dtype="f4").reshape(2, 3)
    group.attrs["weight_names"] = [b"kernel:0", b"bias:0"]
    group.attrs["name"] = "d\u00e9nse"
    group.attrs["units"] = 3
    group.attrs["scale"] = np.array([0.5, 2], "f4")
    group.attrs["record"] = np.zeros(1, dtype=[("x", "f4")])
    file["reference"] = np.array([group["kernel:0"].ref, group.ref], dtype=h5py.ref_dtype)
    file["link"] = h5py.SoftLink("/packed")
    file["broken"] = h5py.SoftLink("/nowhere")
    file["elsewhere"] = h5py.ExternalLink("other.h5", "/x")
    file["cycle"] = h5py.SoftLink("/")


def expected(file):
    """Arrays of numbers by name, values as text, so that 64-bit integers and -0 survive."""
    arrays = {}

    def visit(name, item):
        if isinstance(item, h5py.Dataset) and item.shape is not None and item.dtype.kind in "biuf":
            values = np.asarray(item[()])
            dtype = values.dtype.newbyteorder("=").name
            arrays[name] = {"dtype": dtype, "shape": list(values.shape), "values": [repr(x.item()) for x in values.ravel()]}

    file.visititems(visit)
    return arrays


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    with h5py.File(folder / "lzf.h5", "w") as file:
        file.create_dataset("zeros", data=np.zeros((200, 7), "f4"), chunks=(100, 7), compression="lzf")
    with h5py.File(folder / "objects.h5", "w") as file:
        write_objects(file)
        (folder / "objects.json").write_text(json.dumps(expected(file)) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
