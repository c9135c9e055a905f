"""Answers tools/bench/augment.mjs: torchvision's transforms on Pillow images. One line of JSON in, one out."""

import hashlib
import json
import random
import sys
import time

import numpy as np
import torch
import torchvision.transforms as T
import torchvision.transforms.functional as F
from PIL import Image, ImageFilter

torch.set_num_threads(1)
OPS = {
    "flip": F.hflip,
    "brightness": lambda image: F.adjust_brightness(image, 1.2),
    "contrast": lambda image: F.adjust_contrast(image, 1.2),
    "saturation": lambda image: F.adjust_saturation(image, 1.2),
    "hue": lambda image: F.adjust_hue(image, 0.07),
    "grayscale": lambda image: F.rgb_to_grayscale(image, num_output_channels=3),
    "blur, sigma 0.8": lambda image: image.filter(ImageFilter.GaussianBlur(0.8)),
    "blur, sigma 1.8": lambda image: image.filter(ImageFilter.GaussianBlur(1.8)),
    "resize to 224 x 224, bilinear": lambda image: image.resize((224, 224), Image.Resampling.BILINEAR),
    "resize to 224 x 224, bicubic": lambda image: image.resize((224, 224), Image.Resampling.BICUBIC),
}


def random_blur(image):
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0.1, 2)))


def view(size):
    return T.Compose(
        [
            T.Resize(size),
            T.CenterCrop(size),
            T.RandomResizedCrop(size, scale=(0.2, 1)),
            T.RandomApply([T.ColorJitter(0.4, 0.4, 0.4, 0.1)], p=0.8),
            T.RandomGrayscale(p=0.2),
            T.RandomApply([T.Lambda(random_blur)], p=0.5),
            T.RandomHorizontalFlip(),
            T.ToTensor(),
            T.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ]
    )


def picture(width, height):
    y, x = np.mgrid[0:height, 0:width]
    channels = [x * 255 // (width - 1), y * 255 // (height - 1), (7 * x + 13 * y) % 256]
    return Image.fromarray(np.stack(channels, -1).astype(np.uint8))


def cpu_seconds(work, budget):
    calls, start = 0, time.process_time()
    while time.process_time() - start < budget:
        work()
        calls += 1
    return (time.process_time() - start) / calls


for line in sys.stdin:
    question = json.loads(line)
    image = picture(question["width"], question["height"])
    op = OPS[question["op"]] if "op" in question else view(question["view"])
    if "sha256" in question:
        answer = {"sha256": hashlib.sha256(np.asarray(op(image)).tobytes()).hexdigest()}
    else:
        answer = {"seconds": cpu_seconds(lambda: op(image), question["budget"])}
    print(json.dumps(answer), flush=True)
