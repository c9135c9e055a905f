"""Answers tools/bench/loader.mjs: a DataLoader with torchvision's transforms. One line of JSON in, one out."""

import base64
import json
import pathlib
import random
import sys
import time

import numpy as np
import torch
import torchvision.transforms as T
from PIL import Image, ImageFilter
from torch.utils.data import DataLoader, Dataset


def random_blur(image):
    return image.filter(ImageFilter.GaussianBlur(random.uniform(0.1, 2)))


def views(size, resize):
    first = [T.Resize(size), T.CenterCrop(size)] if resize else [T.CenterCrop(size)]
    return T.Compose(
        [
            *first,
            T.RandomResizedCrop(size, scale=(0.2, 1)),
            T.RandomApply([T.ColorJitter(0.4, 0.4, 0.4, 0.1)], p=0.8),
            T.RandomGrayscale(p=0.2),
            T.RandomApply([T.Lambda(random_blur)], p=0.5),
            T.RandomHorizontalFlip(),
            T.ToTensor(),
            T.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
        ]
    )


class Files(Dataset):
    def __init__(self, folder, images, size):
        self.paths = [folder / f"{i}.jpg" for i in range(images)]
        self.view = views(size, resize=True)

    def __len__(self):
        return len(self.paths)

    def __getitem__(self, i):
        image = Image.open(self.paths[i]).convert("RGB")
        return self.view(image), self.view(image)


class Packed(Files):
    """The images resized, in one array in memory."""

    def __init__(self, folder, images, size):
        super().__init__(folder, images, size)
        resize = T.Resize(size)
        opened = (resize(Image.open(path).convert("RGB")) for path in self.paths)
        self.images = np.stack([np.asarray(image) for image in opened])
        self.view = views(size, resize=False)

    def __getitem__(self, i):
        image = Image.fromarray(self.images[i])
        return self.view(image), self.view(image)


loaders = {}
for line in sys.stdin:
    q = json.loads(line)
    if "encode" in q:
        pixels = np.frombuffer(base64.b64decode(q["rgba"]), np.uint8).reshape(q["height"], q["width"], 4)
        Image.fromarray(pixels[..., :3].copy()).save(q["encode"], quality=90)
        print("{}", flush=True)
        continue
    kind = Packed if q["packed"] else Files
    if kind not in loaders:
        loaders.clear()
        data = kind(pathlib.Path(q["folder"]), q["images"], q["size"])
        loaders[kind] = DataLoader(data, q["batch"], num_workers=q["workers"], persistent_workers=q["workers"] > 0)
    torch.set_num_threads(1)
    start = time.perf_counter()
    for first, second in loaders[kind]:
        assert first.shape == second.shape
    print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
