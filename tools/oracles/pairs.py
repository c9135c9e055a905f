"""Writes small data sets of images and texts in the forms that the field's cross-modal code bases have them, with SciPy,
h5py and NumPy, and as JSON what is in them. Each form is a folder of its own.

    python tools/oracles/pairs.py packages/datasets/fixtures/pairs

Needs SciPy, h5py and NumPy.
"""

import json
import sys
from pathlib import Path

import h5py
import numpy as np
import scipy.io

PATHS = ["images/1.png", "images/20.png", "images/a longer name é.png", "images/4.png", "images/5.png", "images/6.png"]
RAGGED = [["A dog.", "Two cats sit on a mat", "x"], ["café table", "B"], ["one"], ["d1", "d2"], [""], ["a \U0001f415"]]
SINGLE = [texts[0] for texts in RAGGED]
EQUAL = [[text, f"{text} again"] for text in SINGLE]
LABELS = np.array([[1, 0, 0], [0, 1, 1], [0, 0, 1], [1, 1, 0], [0, 1, 0], [1, 0, 1]])
SIZE = (5, 4)


def pictures():
    """[6, 5, 4, 3]: height and width differ, so that who confuses them is found out."""
    return (np.arange(6 * 5 * 4 * 3) % 251).astype("u1").reshape(6, *SIZE, 3)


def cells(lists):
    made = np.empty(len(lists), object)
    made[:] = [np.array(texts) for texts in lists]
    return made


def triple(folder, index, caption, label, **options):
    folder.mkdir(parents=True, exist_ok=True)
    for name, variables in (("index", index), ("caption", caption), ("label", label)):
        if variables is not None:
            scipy.io.savemat(folder / f"{name}.mat", variables, **options)


def units(texts, width):
    rows = [np.frombuffer(text.encode("utf-16-le"), "u2") for text in texts]
    return np.array([np.pad(row, (0, width - len(row)), constant_values=32) for row in rows])


def matlab_dataset(file, name, data, matlab_class, **options):
    made = file.create_dataset(name, data=data, **options)
    made.attrs["MATLAB_class"] = np.bytes_(matlab_class)
    return made


def version_73(folder):
    """The three files as MATLAB writes them: axes in reverse, text of 16-bit units, cells as references."""
    folder.mkdir(parents=True, exist_ok=True)
    with h5py.File(folder / "index.mat", "w") as file:
        matlab_dataset(file, "imgs", units(PATHS, 40).T, "char")
    with h5py.File(folder / "caption.mat", "w") as file:
        references = []
        for i, texts in enumerate(RAGGED):
            width = max(1, *(len(text.encode("utf-16-le")) // 2 for text in texts))
            references.append(matlab_dataset(file, f"#refs#/{i}", units(texts, width).T, "char").ref)
        matlab_dataset(file, "tags", np.array([references], h5py.ref_dtype).T, "cell")
    with h5py.File(folder / "label.mat", "w") as file:
        matlab_dataset(file, "LAll", LABELS.astype("f8").T, "double", chunks=(1, 2), compression="gzip")


def dcmh(folder, whole):
    for place in folder, whole:
        place.mkdir(parents=True, exist_ok=True)
    planes = pictures().transpose(0, 3, 2, 1)
    packed = {"chunks": (2, 3, 4, 5), "compression": "gzip"}
    tags = np.zeros((6, 40), "f8")
    tags[np.arange(6), np.arange(6) * 7] = 1
    tags[0, 39] = 1
    with h5py.File(whole / "FLICKR-25K.mat", "w") as file:
        matlab_dataset(file, "images", planes, "uint8", **packed)
        matlab_dataset(file, "YAll", tags.T, "double")
        matlab_dataset(file, "LAll", LABELS.astype("f8").T, "double")
    with h5py.File(folder / "mirflickr25k-iall.mat", "w") as file:
        matlab_dataset(file, "IAll", planes, "uint8", **packed)
    scipy.io.savemat(folder / "mirflickr25k-yall.mat", {"YAll": tags})
    scipy.io.savemat(folder / "mirflickr25k-lall.mat", {"LAll": LABELS.astype("f8")}, do_compression=True)


def main(folder):
    index = {"index": PATHS}
    triple(folder / "coco", index, {"caption": cells(RAGGED)}, {"category": LABELS.astype("i8")})
    triple(
        folder / "mirflickr",
        {"imgs": PATHS},
        {"tags": [[text] for text in SINGLE]},
        {"labels": LABELS.astype("f8")},
        do_compression=True,
    )
    triple(folder / "mith", index, {"caption": SINGLE}, {"label": LABELS.astype("f4")})
    triple(folder / "equal", {"FAll": PATHS}, {"YAll": EQUAL}, {"LAll": LABELS.astype("i1")})
    triple(folder / "nuswide", index, None, {"category": LABELS.astype("i1")})
    (folder / "nuswide" / "caption.txt").write_text("".join(f"{text}\n" for text in SINGLE))
    triple(folder / "arrays", None, {"caption": SINGLE}, None)
    np.save(folder / "arrays" / "index.npy", pictures())
    np.save(folder / "arrays" / "planes.npy", np.ascontiguousarray(pictures().transpose(0, 3, 1, 2)))
    np.save(folder / "arrays" / "label.npy", LABELS.astype("u1"))
    version_73(folder / "version73")
    dcmh(folder / "dcmh", folder / "dcmhWhole")
    np.random.seed(7)
    expected = {
        "paths": PATHS,
        "ragged": RAGGED,
        "single": SINGLE,
        "equal": EQUAL,
        "labels": LABELS.tolist(),
        "pictures": pictures().reshape(6, -1).tolist(),
        "permutation7": np.random.permutation(6).tolist(),
    }
    (folder / "expected.json").write_text(json.dumps(expected, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
