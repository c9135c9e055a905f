"""Writes small MAT files with SciPy and h5py, one variable for each thing that a reader of them must know, and as JSON
what SciPy reads from them. SciPy neither writes big-endian files nor version 7.3: those are put together here as the
formats' descriptions say, the former checked by SciPy's reader.

    python tools/oracles/mat_files.py packages/core/fixtures/mat

Needs SciPy, h5py and NumPy.
"""

import json
import struct
import sys
from pathlib import Path

import h5py
import numpy as np
import scipy.io
import scipy.sparse

INTEGERS = ["u1", "i1", "u2", "i2", "u4", "i4", "u8", "i8"]


def variables():
    made = {}
    for dtype in INTEGERS:
        info = np.iinfo(dtype)
        made[np.dtype(dtype).name] = np.array([[info.min, info.max, 1], [0, 17, 100]], dtype)
    made["single"] = np.array([[0.5, -0.0, np.inf], [1e-40, 3, -2.25]], "f4")
    made["double"] = np.array([[0.1, -np.inf], [1e300, 2], [3, 4]])
    made["logical"] = np.array([[True, False, True]])
    made["axes"] = np.arange(24, dtype="i2").reshape(2, 3, 4)
    made["empty"] = np.zeros((0, 3))
    made["paths"] = np.array(["images/1.jpg", "images/20.jpg", "b.jpg"])
    made["captions"] = np.array([["a b"], ["dd"], ["hello world"]])
    made["accents"] = np.array(["café", "naïve ☕"])
    cells = np.empty((1, 3), object)
    cells[0, 0] = np.array(["A dog.", "Two cats"])
    cells[0, 1] = np.array([[1.5, 2.5]])
    cells[0, 2] = np.array([[np.array(["inner"])]], object)
    made["ragged"] = cells
    grid = np.empty((2, 2), object)
    for i, text in enumerate(["r1c1", "r1c2", "r2c1", "r2c2"]):
        grid[i // 2, i % 2] = np.array([text])
    made["grid"] = grid
    return made


def captions():
    """Texts of different lengths, with characters of two UTF-16 units, which pad alike only once they are trimmed."""
    return np.array([["two \U0001f415 run", "a"], ["\U0001f408\U0001f408", ""], ["é", "  b "]])


def structs():
    """Structs of several shapes, with fields of every kind that is read, and without fields or structs."""
    fields = [("relative_im_path", object), ("class", object), ("test", object), ("more", object)]
    cell = np.empty((1, 1), object)
    cell[0, 0] = np.array(["in a cell"])
    cars = np.array(
        [
            [("a.jpg", np.array([[7]], "u1"), np.array([[0]], "u1"), {"deep": {"deeper": 1.5}}),
             ("b c.jpg", np.array([[196.0]]), np.array([[1]], "u1"), cell)],
            [("", np.zeros((0, 0)), np.array([[1]], "i4"), np.arange(6.0).reshape(2, 3)),
             ("d.jpg", np.array([[65535]], "u2"), np.array([[0]], "i4"), "text")],
        ],
        fields,
    )  # fmt: skip
    return {"cars": cars, "one": {"a": 1.0, "b": "x"}, "none": np.zeros((1, 0), [("a", object)])}


def refused():
    return {
        "sparse": scipy.sparse.csc_matrix(np.eye(3)),
        "struct": {"a": 1},
        "complex": np.array([[1 + 2j]]),
    }


def as_json(value):
    if value.dtype.names:
        rows = [[as_json(np.atleast_1d(row[field])) for field in value.dtype.names] for row in value.ravel()]
        return {"fields": list(value.dtype.names), "structs": rows, "shape": list(value.shape)}
    if value.dtype == object:
        return {"cells": [as_json(np.atleast_1d(cell)) for cell in value.ravel()], "shape": list(value.shape)}
    if value.dtype.kind == "U":
        return {"strings": value.ravel().tolist(), "shape": list(value.shape)}
    dtype = value.dtype.newbyteorder("=").name
    return {"dtype": dtype, "shape": list(value.shape), "values": [repr(x.item()) for x in value.ravel()]}


def element(kind, data):
    return struct.pack(">II", kind, len(data)) + data + b"\0" * (-len(data) % 8)


def big_endian(name, array):
    """A variable of double or uint16, the name in a small element."""
    number, kind = {"f8": (6, 9), "u2": (11, 4)}[array.dtype.str[1:]]
    body = element(6, struct.pack(">II", number, 0)) + element(5, struct.pack(">ii", *array.shape))
    body += struct.pack(">HH", len(name), 1) + name.encode().ljust(4, b"\0")
    body += element(kind, array.astype(array.dtype.newbyteorder(">")).tobytes(order="F"))
    return element(14, body)


def write_big_endian(path):
    header = b"MATLAB 5.0 MAT-file, big-endian".ljust(124) + struct.pack(">H", 0x0100) + b"MI"
    doubles = np.array([[0.5, -2, 3], [4, 5, 6e10]])
    shorts = np.array([[1], [515]], "u2")
    path.write_bytes(header + big_endian("d", doubles) + big_endian("u", shorts))
    read = scipy.io.loadmat(path)
    assert (read["d"] == doubles).all() and (read["u"] == shorts).all()
    return {name: as_json(read[name]) for name in ("d", "u")}


class Version73:
    """Writes variables into HDF5 as MATLAB does: axes in reverse order, text as UTF-16, cells as references."""

    def __init__(self, file):
        self.file = file
        self.cells = 0

    def write(self, name, value):
        if value.dtype == object:
            references = [self.reference(np.atleast_1d(cell)) for cell in value.ravel()]
            data = np.array(references, dtype=h5py.ref_dtype).reshape(value.shape)
            return self.dataset(name, data.T, "cell")
        if value.dtype.kind == "U":
            units = [np.frombuffer(text.encode("utf-16-le"), "u2") for text in value.ravel()]
            width = max(map(len, units))
            rows = [np.pad(unit, (0, width - len(unit)), constant_values=32) for unit in units]
            made = self.dataset(name, np.array(rows).reshape(*value.shape, width).T, "char")
            made.attrs["MATLAB_int_decode"] = np.int32(2)
            return made
        if value.size == 0:
            made = self.dataset(name, np.array(value.shape, "u8"), "double")
            made.attrs["MATLAB_empty"] = np.uint8(1)
            return made
        if value.dtype == bool:
            made = self.dataset(name, value.astype("u1").T, "logical")
            made.attrs["MATLAB_int_decode"] = np.int32(1)
            return made
        named = {"float64": "double", "float32": "single"}.get(value.dtype.name, value.dtype.name)
        return self.dataset(name, value.T, named)

    def reference(self, cell):
        self.cells += 1
        return self.write(f"#refs#/{self.cells}", cell if cell.ndim > 1 or cell.dtype.kind == "U" else cell[None]).ref

    def dataset(self, name, data, matlab_class):
        made = self.file.create_dataset(name, data=data)
        made.attrs["MATLAB_class"] = np.bytes_(matlab_class)
        return made


def write_version_73(path):
    with h5py.File(path, "w", userblock_size=512) as file:
        writer = Version73(file)
        for name, value in variables().items():
            writer.write(name, value)
        sparse = file.create_group("sparse")
        sparse.attrs["MATLAB_class"] = np.bytes_("double")
        sparse.attrs["MATLAB_sparse"] = np.uint64(3)
        file.create_group("struct").attrs["MATLAB_class"] = np.bytes_("struct")
        pair = np.dtype([("real", "f8"), ("imag", "f8")])
        writer.dataset("complex", np.zeros((1, 1), pair), "double")
    mark_as_version_73(path)


def write_unusual_version_73(folder):
    """Cells that lie in themselves, cells whose cells are all one, and an array without elements that has some."""
    path = folder / "references73.mat"
    with h5py.File(path, "w", userblock_size=512) as file:
        writer = Version73(file)
        inner = writer.dataset("#refs#/number", np.array([[7.0]]), "double")
        for depth in range(10):
            references = np.array([[inner.ref] * 10], dtype=h5py.ref_dtype)
            inner = writer.dataset("alike" if depth == 9 else f"#refs#/cells{depth}", references, "cell")
        loop = file.create_dataset("loop", (1, 2), h5py.ref_dtype)
        loop.attrs["MATLAB_class"] = np.bytes_("cell")
        around = writer.dataset("#refs#/around", np.array([[loop.ref]], dtype=h5py.ref_dtype), "cell")
        loop[...] = np.array([[around.ref, around.ref]], dtype=h5py.ref_dtype)
    mark_as_version_73(path)
    path = folder / "sizes73.mat"
    with h5py.File(path, "w", userblock_size=512) as file:
        made = Version73(file).dataset("empty", np.array([2**40, 3], "u8"), "double")
        made.attrs["MATLAB_empty"] = np.uint8(1)
    mark_as_version_73(path)


def mark_as_version_73(path):
    with open(path, "r+b") as file:
        file.write(b"MATLAB 7.3 MAT-file, HDF5 schema 1.00 .".ljust(124) + struct.pack("<H", 0x0200) + b"IM")


def main(folder):
    folder.mkdir(parents=True, exist_ok=True)
    everything = {**variables(), **refused()}
    scipy.io.savemat(folder / "plain.mat", everything, oned_as="column")
    scipy.io.savemat(folder / "compressed.mat", everything, oned_as="column", do_compression=True)
    scipy.io.savemat(folder / "version4.mat", {"a": np.eye(2)}, format="4")
    write_version_73(folder / "version73.mat")
    scipy.io.savemat(folder / "captions.mat", {"captions": captions()})
    with h5py.File(folder / "captions73.mat", "w", userblock_size=512) as file:
        Version73(file).write("captions", captions())
    mark_as_version_73(folder / "captions73.mat")
    write_unusual_version_73(folder)
    read = scipy.io.loadmat(folder / "plain.mat")
    expected = {"plain": {name: as_json(read[name]) for name in variables()}}
    scipy.io.savemat(folder / "structs.mat", structs(), oned_as="column")
    read = scipy.io.loadmat(folder / "structs.mat")
    expected["structs"] = {name: as_json(read[name]) for name in structs()}
    expected["bigEndian"] = write_big_endian(folder / "bigEndian.mat")
    expected["captions"] = [[text.rstrip() for text in row] for row in captions().tolist()]
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
