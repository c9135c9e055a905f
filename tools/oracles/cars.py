"""Writes annotations of a few cars as Stanford Cars has them, in MATLAB's structs: all in one file, and the devkit's file
of each part.

    python tools/oracles/cars.py packages/datasets/fixtures/cars

Needs SciPy and NumPy.
"""

import sys
from pathlib import Path

import numpy as np
import scipy.io

NAMES = ["AM General Hummer SUV 2000", "Acura RL Sedan 2012", "Volvo 240 Sedan 1993"]
# Image, class from 1, whether in the part to test on.
CARS = [(1, 1, 0), (2, 3, 1), (3, 2, 0), (4, 2, 0), (5, 3, 1)]
BOX = [("bbox_x1", 112), ("bbox_y1", 7), ("bbox_x2", 853), ("bbox_y2", 717)]


def number(value):
    return np.array([[value]], "u1" if value < 256 else "u2")


def structs(rows):
    made = np.empty((1, len(rows)), [(field, object) for field in rows[0]])
    for i, row in enumerate(rows):
        made[0, i] = tuple(row.values())
    return made


def save(path, **variables):
    path.parent.mkdir(parents=True, exist_ok=True)
    scipy.io.savemat(path, variables, do_compression=True)


def main(folder):
    box = {field: number(value) for field, value in BOX}
    names = np.array([NAMES], object)
    whole = [
        {"relative_im_path": f"car_ims/{image:06}.jpg", **box, "class": number(of), "test": number(test)}
        for image, of, test in CARS
    ]
    save(folder / "cars_annos.mat", annotations=structs(whole), class_names=names)
    save(folder / "wrong/cars_annos.mat", annotations=structs([{**whole[0], "class": number(300)}]), class_names=names)
    save(folder / "devkit/cars_meta.mat", class_names=names)
    for wanted, name in (0, "cars_train_annos"), (1, "cars_test_annos_withlabels"):
        rows = [{**box, "class": number(of), "fname": f"{image:05}.jpg"} for image, of, test in CARS if test == wanted]
        save(folder / f"devkit/{name}.mat", annotations=structs(rows))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
