"""Float64 values of DJSRH's equations, with no automatic differentiation: packages/djsrh/fixtures/djsrh.json.

    python tools/oracles/djsrh.py [folder of the Wikipedia data set]

Needs NumPy; with the folder also SciPy, and the affinity of its first pairs is added; without it that of the file is
kept. Every gradient is compared with central differences before it is written.
"""

import json
import pathlib
import sys

import numpy as np

FIXTURE = pathlib.Path(__file__).parents[2] / "packages/djsrh/fixtures/djsrh.json"

SETTINGS = {
    "wikipedia": dict(imageShare=0.3, neighbourShare=0.4, scale=1.5, imageWeight=0.3, textWeight=0.3),
    "mirflickr": dict(imageShare=0.9, neighbourShare=0.4, scale=1.5, imageWeight=0.1, textWeight=0.1),
    "nuswide": dict(imageShare=0.6, neighbourShare=0.4, scale=1.5, imageWeight=0.1, textWeight=0.1),
    "DJSRH-1": dict(imageShare=1, neighbourShare=0, scale=1, imageWeight=0, textWeight=0),
    "DJSRH-2": dict(imageShare=0, neighbourShare=0, scale=1, imageWeight=0, textWeight=0),
    "DJSRH-4": dict(imageShare=0.6, neighbourShare=0.4, scale=1, imageWeight=0, textWeight=0),
}

IMAGES = np.array([[3, 4, 0, 0], [0, 3, 4, 0], [0, 0, 0, 5]], float)
TEXTS = np.array([[1, 1, 0], [1, 0, 1], [0, 1, 1]], float)
ZERO_ROW_IMAGES = np.array([[0.5, 0, 1.25, 2], [1, 1, 0, 0.25], [0, 2, 0.75, 0], [3, 0.5, 0, 1]])
ZERO_ROW_TEXTS = np.array([[1, 0, 1, 0, 0], [0, 1, 1, 0, 1], [0, 0, 0, 0, 0], [1, 1, 0, 1, 0]], float)


def directions(rows):
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def cosines(u, v):
    return directions(u) @ directions(v).T


def affinity(images, texts, imageShare, neighbourShare, scale, **_):
    both = imageShare * (2 * cosines(images, images) - 1) + (1 - imageShare) * (2 * cosines(texts, texts) - 1)
    return scale * ((1 - neighbourShare) * both + neighbourShare * both @ both.T / len(both))


def losses(image, text, target, imageWeight, textWeight, **_):
    mean = lambda u, v: np.mean((cosines(u, v) - target) ** 2)
    return {
        "imageText": mean(image, text),
        "imageImage": imageWeight * mean(image, image),
        "textText": textWeight * mean(text, text),
    }


def loss(hashes, steepness, target, weights):
    image, text = (np.tanh(steepness * h) for h in hashes)
    return sum(losses(image, text, target, **weights).values())


def gradients(hashes, steepness, target, weights):
    """Of the loss by the hashes of images and of texts."""
    codes = [np.tanh(steepness * h) for h in hashes]
    image, text = map(directions, codes)
    slope = lambda u, v: 2 * (u @ v.T - target) / target.size
    across = slope(image, text)
    within = lambda u: (slope(u, u) + slope(u, u).T) @ u
    by_direction = [
        across @ text + weights["imageWeight"] * within(image),
        across.T @ image + weights["textWeight"] * within(text),
    ]
    result = []
    for code, unit, up in zip(codes, (image, text), by_direction):
        length = np.linalg.norm(code, axis=1, keepdims=True)
        by_code = (up - unit * np.sum(up * unit, axis=1, keepdims=True)) / length
        result.append(by_code * steepness * (1 - code**2))
    return result


def central(function, x, step=1e-6):
    slopes = np.zeros_like(x)
    for i in np.ndindex(*x.shape):
        change = np.zeros_like(x)
        change[i] = step
        slopes[i] = (function(x + change) - function(x - change)) / (2 * step)
    return slopes


def check(found, expected):
    assert np.abs(found - expected).max() < 1e-7, (found, expected)


def affinities():
    cases = [
        dict(name=name, options=options, images=IMAGES, texts=TEXTS, affinity=affinity(IMAGES, TEXTS, **options))
        for name, options in SETTINGS.items()
    ]
    zero = affinity(ZERO_ROW_IMAGES, ZERO_ROW_TEXTS, **SETTINGS["nuswide"])
    return cases + [
        dict(
            name="a text of zeros",
            options=SETTINGS["nuswide"],
            images=ZERO_ROW_IMAGES,
            texts=ZERO_ROW_TEXTS,
            affinity=zero,
        )
    ]


def sign_codes():
    image = np.array([[1, 1, 1, 1], [1, 1, -1, -1], [-1, -1, -1, -1]], float)
    text = np.array([[1, 1, 1, -1], [1, -1, -1, -1], [-1, -1, -1, -1]], float)
    plain = np.array([[1, 0, -1], [0, 1, 0], [-1, 0, 1]], float)
    targets = {"plain": (plain, SETTINGS["nuswide"])}
    for name in ("wikipedia", "nuswide"):
        targets[name] = (affinity(IMAGES, TEXTS, **SETTINGS[name]), SETTINGS[name])
    return [
        dict(name=name, image=image, text=text, affinity=target, weights=weights, terms=losses(image, text, target, **weights))
        for name, (target, weights) in targets.items()
    ]


def relaxed_codes():
    hashes = [
        np.array([[0.5, -0.2, 0.1, 0.9], [-0.4, 0.3, 0.8, -0.6], [0.2, 0.7, -0.5, 0.05]]),
        np.array([[0.3, -0.1, 0.4, 0.6], [-0.7, 0.2, 0.5, -0.1], [0.1, 0.6, -0.9, 0.2]]),
    ]
    cases = []
    for name, epoch in (("nuswide", 0), ("nuswide", 2), ("wikipedia", 8)):
        weights = SETTINGS[name]
        target = affinity(IMAGES, TEXTS, **weights)
        steepness = np.sqrt(epoch + 1)
        image, text = gradients(hashes, steepness, target, weights)
        check(image, central(lambda x: loss([x, hashes[1]], steepness, target, weights), hashes[0]))
        check(text, central(lambda x: loss([hashes[0], x], steepness, target, weights), hashes[1]))
        terms = losses(*(np.tanh(steepness * h) for h in hashes), target, **weights)
        cases.append(
            dict(
                name=f"{name}, epoch {epoch}",
                epoch=epoch,
                image=hashes[0],
                text=hashes[1],
                affinity=target,
                weights=weights,
                terms=terms,
                imageGradient=image,
                textGradient=text,
            )
        )
    return cases


def two_steps():
    """A hash layer on features of images, a text network of 3, 3 and 2, and SGD: epochs of one step."""
    weights = SETTINGS["wikipedia"]
    rate, momentum, decay = 0.01, 0.9, 5e-4
    images, texts = IMAGES / 5, TEXTS
    target = affinity(images, texts, **weights)
    # Kernels are [inputs, outputs].
    values = {
        "image/hash/kernel": np.array([[0.2, -0.1, 0.3, 0.05], [-0.3, 0.4, 0.1, -0.2]]).T,
        "image/hash/bias": np.array([0.01, -0.02]),
        "text/hidden/kernel": np.array([[0.5, -0.4, 0.3], [0.2, 0.6, -0.1], [-0.3, 0.1, 0.7]]).T,
        "text/hidden/bias": np.array([0.05, -0.05, 0.1]),
        "text/hash/kernel": np.array([[0.3, -0.2, 0.5], [-0.4, 0.1, 0.2]]).T,
        "text/hash/bias": np.array([0.0, 0.03]),
    }
    initial = {name: value.copy() for name, value in values.items()}
    velocity = {name: np.zeros_like(value) for name, value in values.items()}

    def forward(p):
        before = texts @ p["text/hidden/kernel"] + p["text/hidden/bias"]
        hidden = np.maximum(before, 0)
        image = images @ p["image/hash/kernel"] + p["image/hash/bias"]
        return image, hidden @ p["text/hash/kernel"] + p["text/hash/bias"], hidden, before

    steps = []
    for epoch in range(2):
        steepness = np.sqrt(epoch + 1)
        image, text, hidden, before = forward(values)
        by_image, by_text = gradients([image, text], steepness, target, weights)
        by_hidden = by_text @ values["text/hash/kernel"].T * (before > 0)
        slopes = {
            "image/hash/kernel": images.T @ by_image,
            "image/hash/bias": by_image.sum(0),
            "text/hidden/kernel": texts.T @ by_hidden,
            "text/hidden/bias": by_hidden.sum(0),
            "text/hash/kernel": hidden.T @ by_text,
            "text/hash/bias": by_text.sum(0),
        }
        for name, slope in slopes.items():
            changed = lambda x: loss(forward({**values, name: x})[:2], steepness, target, weights)
            check(slope, central(changed, values[name]))
        terms = losses(np.tanh(steepness * image), np.tanh(steepness * text), target, **weights)
        for name, slope in slopes.items():
            velocity[name] = momentum * velocity[name] + slope + decay * values[name]
            values[name] = values[name] - rate * velocity[name]
        steps.append(dict(terms=terms, parameters={name: value.copy() for name, value in values.items()}))
    return dict(images=images, texts=texts, initial=initial, steps=steps)


def wikipedia(folder):
    from scipy.io import loadmat

    arrays = loadmat(folder / "raw_features.mat")
    images, texts = (arrays[name][:4].astype(float) for name in ("I_tr", "T_tr"))
    return dict(images=images, texts=texts, affinity=affinity(images, texts, **SETTINGS["wikipedia"]))


def plain(value):
    if isinstance(value, np.ndarray):
        return (np.round(value, 12) + 0.0).tolist()
    if isinstance(value, np.floating):
        return round(float(value), 12)
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    return [plain(item) for item in value] if isinstance(value, list) else value


if __name__ == "__main__":
    vectors = dict(
        sharpness=[dict(epoch=epoch, value=np.sqrt(epoch + 1)) for epoch in (0, 1, 2, 3, 8, 39, 79, 199)],
        affinities=affinities(),
        signCodes=sign_codes(),
        relaxedCodes=relaxed_codes(),
        twoSteps=two_steps(),
        wikipedia=wikipedia(pathlib.Path(sys.argv[1])) if len(sys.argv) > 1 else json.loads(FIXTURE.read_text())["wikipedia"],
    )
    FIXTURE.write_text(json.dumps(plain(vectors), indent=1) + "\n")
