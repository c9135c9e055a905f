"""Writes packages/datasets/fixtures/augment.json: what torchvision and Pillow make of images that formulas give.

Run from the repository's root, with torch, torchvision and Pillow 9.4 to 12 installed (Pillow 13 scales some images
along the columns first, which rounds differently): python tools/oracles/augment.py

Small results are stored whole (base64 of their bytes), large ones as SHA-256. Random ops are stored for given draws.
"""

import base64
import hashlib
import json
from pathlib import Path

import numpy as np
import PIL
import torch
import torchvision
import torchvision.transforms.functional as F
from PIL import Image, ImageFilter
from torchvision.transforms import InterpolationMode

FIXTURES = Path("packages/datasets/fixtures")
STORED_WHOLE = 1024  # bytes
INTERPOLATION = {"bilinear": InterpolationMode.BILINEAR, "bicubic": InterpolationMode.BICUBIC}


def noise(width, height):
    """Hard edges and every value."""
    y, x, c = np.mgrid[0:height, 0:width, 0:3].astype(np.uint32)
    hashed = (x * 374761393 + y * 668265263 + c * 2246822519) & 0xFFFFFFFF
    hashed = ((hashed ^ (hashed >> 13)) * 1274126177) & 0xFFFFFFFF
    return Image.fromarray((hashed >> 24).astype(np.uint8))


def gradient(width, height):
    """Smooth, from black to red along x, to green along y, with a blue stripe pattern."""
    y, x = np.mgrid[0:height, 0:width]
    red = x * 255 // max(width - 1, 1)
    green = y * 255 // max(height - 1, 1)
    return Image.fromarray(np.stack([red, green, (7 * x + 13 * y) % 256], -1).astype(np.uint8))


def gray(width, height):
    y, x = np.mgrid[0:height, 0:width]
    return Image.fromarray(np.stack([(5 * x + 11 * y) % 256] * 3, -1).astype(np.uint8))


def every_sixth(width, height):
    """Colours whose every channel steps by 6, each once: 43 cubed of them in 301 x 265 pixels, less some."""
    index = np.arange(width * height)
    channels = [index % 43, index // 43 % 43, index // 43**2 % 43]
    return Image.fromarray(np.stack(channels, -1).reshape(height, width, 3).astype(np.uint8) * 6)


PICTURES = {"noise": noise, "gradient": gradient, "gray": gray, "everySixth": every_sixth}


def case(picture, width, height, result, **arguments):
    result = np.asarray(result)
    content = result.tobytes()
    stored = (
        {"base64": base64.b64encode(content).decode()}
        if len(content) <= STORED_WHOLE
        else {"sha256": hashlib.sha256(content).hexdigest()}
    )
    expected = {"width": result.shape[1], "height": result.shape[0], **stored}
    return {"picture": picture, "width": width, "height": height, **arguments, "expected": expected}


def cases(pictures, arguments, op):
    """Every picture, (name, width, height), under every set of arguments."""
    return [
        case(name, width, height, op(PICTURES[name](width, height), **given), **given)
        for name, width, height in pictures
        for given in arguments
    ]


def resize(image, size, interpolation):
    return F.resize(image, size, INTERPOLATION[interpolation])


def resized_crop(image, box, size, interpolation):
    left, top, width, height = box
    return F.resized_crop(image, top, left, height, width, [size, size], INTERPOLATION[interpolation])


def chain(image, interpolation, **sizes):
    """The beginning of WCH's training views, for a given draw."""
    image = F.center_crop(resize(image, sizes["resize"], interpolation), sizes["centerCrop"])
    return resized_crop(image, sizes["box"], sizes["size"], interpolation)


def random_crop(image, left, top, size, padding):
    """The box counts from the image's own corner, so that it may begin within the padding."""
    return F.crop(F.pad(image, [padding]), top + padding, left + padding, size, size)


def jitter(image, adjustments):
    ops = {
        "brightness": F.adjust_brightness,
        "contrast": F.adjust_contrast,
        "saturation": F.adjust_saturation,
        "hue": F.adjust_hue,
    }
    for name, amount in adjustments:
        image = ops[name](image, amount)
    return image


def blur(image, sigma):
    return image.filter(ImageFilter.GaussianBlur(radius=sigma))


def normalized(width, height, mean, std):
    values = F.normalize(F.to_tensor(noise(width, height)), mean, std).permute(1, 2, 0).contiguous()
    return {"width": width, "height": height, "mean": mean, "std": std, "expected": values.flatten().tolist()}


def arguments(name, values, **rest):
    return [{name: value, **rest} for value in values]


SMALL = [("noise", 7, 5), ("gradient", 9, 12), ("gray", 6, 6)]
LARGE = [("noise", 61, 47), ("gradient", 120, 160)]
ADJUSTABLE = [("noise", 11, 9), ("gradient", 13, 14), ("gray", 8, 8), ("noise", 64, 64), ("gradient", 224, 224)]
FACTORS = [0, 0.1, 0.6, 0.9137, 1, 1.2345, 1.4, 2.5]
ORDERS = [
    [["brightness", 1.3], ["contrast", 0.7], ["saturation", 1.4], ["hue", 0.1]],
    [["hue", -0.07], ["saturation", 0.61], ["contrast", 1.39], ["brightness", 0.65]],
    [["contrast", 1.25], ["hue", 0.03], ["brightness", 0.8], ["saturation", 0.9]],
]


def main():
    assert int(PIL.__version__.split(".")[0]) < 13, f"expected Pillow 9.4 to 12, but got {PIL.__version__}"
    every = {
        "resize": cases(
            [*SMALL, *LARGE, ("gradient", 640, 480), ("noise", 333, 500), ("noise", 1, 3)],
            [{"size": s, "interpolation": i} for s in (4, 5, 12, 32, 224) for i in INTERPOLATION],
            resize,
        ),
        "centerCrop": cases(
            [*SMALL, ("noise", 8, 13), ("gradient", 341, 256), ("noise", 3, 20)],
            arguments("size", (1, 4, 5, 6, 11, 12, 224)),
            lambda image, size: F.center_crop(image, size),
        ),
        "randomCrop": cases(
            [("noise", 8, 8), ("gradient", 32, 32)],
            [{"left": left, "top": top, "size": 8, "padding": 4} for left, top in ((-4, -4), (0, 0), (4, -3), (-1, 4))],
            random_crop,
        ),
        "resizedCrop": cases(
            [("noise", 32, 32), ("gradient", 40, 32)],
            [
                {"box": box, "size": size, "interpolation": i}
                for box in ([0, 0, 32, 32], [3, 5, 17, 20], [8, 0, 24, 32], [31, 31, 1, 1], [1, 2, 16, 11])
                for size in (16, 32, 45)
                for i in INTERPOLATION
            ],
            resized_crop,
        ),
        "chain": cases(
            [("noise", 50, 37), ("gradient", 61, 80), ("noise", 16, 16)],
            [
                {"resize": 24, "centerCrop": 20, "box": box, "size": 16, "interpolation": i}
                for box in ([0, 0, 20, 20], [3, 5, 11, 14], [19, 0, 1, 20], [2, 4, 16, 16])
                for i in INTERPOLATION
            ],
            chain,
        ),
        "horizontalFlip": cases([*SMALL, *LARGE, ("noise", 1, 4)], [{}], F.hflip),
        "brightness": cases(
            ADJUSTABLE, arguments("amount", FACTORS), lambda image, amount: F.adjust_brightness(image, amount)
        ),
        "contrast": cases(
            ADJUSTABLE, arguments("amount", FACTORS), lambda image, amount: F.adjust_contrast(image, amount)
        ),
        "saturation": cases(
            ADJUSTABLE, arguments("amount", FACTORS), lambda image, amount: F.adjust_saturation(image, amount)
        ),
        "hue": cases(
            [*ADJUSTABLE, ("everySixth", 301, 264)],
            arguments("amount", (-0.5, -0.33, -0.1, -0.003, 0, 0.05, 0.0834, 0.1, 0.25, 0.5)),
            lambda image, amount: F.adjust_hue(image, amount),
        ),
        "colorJitter": cases(ADJUSTABLE, arguments("adjustments", ORDERS), jitter),
        "grayscale": cases(ADJUSTABLE, [{}], lambda image: F.rgb_to_grayscale(image, num_output_channels=3)),
        "gaussianBlur": cases(
            [*ADJUSTABLE, ("noise", 1, 1), ("noise", 2, 3), ("gradient", 61, 5)],
            arguments("sigma", (0, 0.1, 0.37, 0.8, 1, 1.4142, 1.5, 2, 3.3, 17.5, 100)),
            blur,
        ),
    }
    every["versions"] = {"Pillow": PIL.__version__, "torch": torch.__version__, "torchvision": torchvision.__version__}
    every["normalize"] = [
        normalized(5, 4, [0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        normalized(3, 3, [0.5, 0.5, 0.5], [0.5, 0.5, 0.5]),
        normalized(16, 16, [0, 0, 0], [1, 1, 1]),
    ]
    FIXTURES.mkdir(exist_ok=True)
    (FIXTURES / "augment.json").write_text(json.dumps(every, separators=(",", ":")) + "\n")


main()
