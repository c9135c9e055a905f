"""Small JPEG and PNG files and the pixels that Pillow reads from them, for packages/datasets/fixtures/images.

    python tools/oracles/images.py

Needs NumPy and Pillow.
"""

import json
import pathlib

import numpy as np
from PIL import Image

FOLDER = pathlib.Path(__file__).parents[2] / "packages/datasets/fixtures/images"
FOLDER.mkdir(parents=True, exist_ok=True)

y, x = np.mgrid[0:14, 0:18]
smooth = np.stack([x * 14, y * 18, 255 - x * 7 - y * 7], -1).astype(np.uint8)
noisy = np.random.RandomState(0).randint(0, 256, (14, 18, 3)).astype(np.uint8)

rotated = Image.Exif()
rotated[0x0112] = 6

Image.fromarray(noisy).save(FOLDER / "rgb.png")
Image.fromarray(noisy).convert("L").save(FOLDER / "gray.png")
Image.fromarray(noisy).quantize(16).save(FOLDER / "palette.png")
Image.fromarray(np.concatenate([noisy, noisy[..., :1]], -1)).save(FOLDER / "alpha.png")
Image.fromarray(smooth).save(FOLDER / "baseline.jpg", quality=90, subsampling=0)
Image.fromarray(smooth).save(FOLDER / "progressive.jpg", quality=90, subsampling=0, progressive=True)
Image.fromarray(smooth // 4 + 64).save(FOLDER / "subsampled.jpg", quality=90, subsampling=2)
Image.fromarray(smooth).convert("L").save(FOLDER / "gray.jpg", quality=90)
Image.fromarray(smooth).save(FOLDER / "oriented.jpg", quality=90, subsampling=0, exif=rotated)

pixels = {}
for path in sorted(FOLDER.glob("*.*g")):
    image = np.asarray(Image.open(path).convert("RGB"))
    pixels[path.name] = {"height": image.shape[0], "width": image.shape[1], "data": image.ravel().tolist()}
(FOLDER.parent / "imagePixels.json").write_text(json.dumps(pixels) + "\n")
