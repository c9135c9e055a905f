"""Small image files of every kind that is read, and the pixels that Pillow sees in them, for
packages/datasets/fixtures/images.

    python tools/oracles/images.py

Needs NumPy and Pillow with WebP. What Pillow cannot write (16-bit colour, Adam7, colour keys, rows from the top of a
BMP, CMYK as YCCK) is put together here.
"""

import base64
import io
import json
import pathlib
import struct
import zlib

import numpy as np
from PIL import Image, ImageOps

FOLDER = pathlib.Path(__file__).parents[2] / "packages/datasets/fixtures/images"
FOLDER.mkdir(parents=True, exist_ok=True)

y, x = np.mgrid[0:14, 0:18]
smooth = np.stack([x * 14, y * 18, 255 - x * 7 - y * 7], -1).astype(np.uint8)
random = np.random.RandomState(0)
noisy = random.randint(0, 256, (14, 18, 3)).astype(np.uint8)
deep = random.randint(0, 65536, (14, 18, 3)).astype(np.uint16)


def orientation(value):
    exif = Image.Exif()
    exif[0x0112] = value
    return exif


# PNG by hand: samples [height, width, channels], all of them packed into rows of `depth` bits each.


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def rows(samples, depth):
    bits = np.unpackbits(samples.astype(">u2").view(np.uint8).reshape(*samples.shape, 2), axis=-1)
    lines = np.packbits(bits[..., 16 - depth :].reshape(len(samples), -1), axis=1)
    return b"".join(b"\0" + line.tobytes() for line in lines)


ADAM7 = [(0, 0, 8, 8), (0, 4, 8, 8), (4, 0, 8, 4), (0, 2, 4, 4), (2, 0, 4, 2), (0, 1, 2, 2), (1, 0, 2, 1)]


def png(name, samples, depth, kind, interlaced=False, more=b""):
    height, width = samples.shape[:2]
    passes = [samples[t::dy, l::dx] for t, l, dy, dx in ADAM7] if interlaced else [samples]
    data = b"".join(rows(part, depth) for part in passes if part.size)
    header = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, interlaced)
    parts = [chunk(b"IHDR", header), more, chunk(b"IDAT", zlib.compress(data)), chunk(b"IEND", b"")]
    (FOLDER / name).write_bytes(b"\x89PNG\r\n\x1a\n" + b"".join(parts))


GRAY, COLOUR, GRAY_ALPHA, COLOUR_ALPHA = 0, 2, 4, 6
Image.fromarray(noisy).save(FOLDER / "rgb.png")
Image.fromarray(noisy).convert("L").save(FOLDER / "gray.png")
Image.fromarray(noisy).quantize(16).save(FOLDER / "palette.png")
Image.fromarray(noisy).quantize(16).save(FOLDER / "paletteTransparent.png", transparency=bytes(range(0, 256, 16)))
Image.fromarray(np.concatenate([noisy, noisy[..., :1]], -1)).save(FOLDER / "alpha.png")
Image.fromarray(smooth).save(FOLDER / "oriented.png", exif=orientation(8))
png("grayAlpha.png", noisy[..., :2], 8, GRAY_ALPHA)
png("gray1.png", noisy[..., :1] % 2, 1, GRAY)
png("gray4.png", noisy[..., :1] % 16, 4, GRAY, interlaced=True)
png("gray16.png", deep[..., :1], 16, GRAY)
png("rgb16.png", deep, 16, COLOUR)
png("alpha16.png", np.concatenate([deep, deep[..., :1]], -1), 16, COLOUR_ALPHA, interlaced=True)
png("interlaced.png", noisy, 8, COLOUR, interlaced=True)
key = chunk(b"tRNS", noisy[3, 5].astype(">u2").tobytes())
png("colourKey.png", noisy, 8, COLOUR, more=key)
key = chunk(b"tRNS", noisy[3, 5, :1].astype(">u2").tobytes())
png("grayKey.png", noisy[..., :1], 8, GRAY, more=key)


# JPEG


def jpeg(name, image, **options):
    image.save(FOLDER / name, quality=90, **options)


SHARP = {"subsampling": 0}
picture = Image.fromarray(smooth)
cmyk = Image.fromarray(np.concatenate([smooth, smooth[..., 1:2] // 2], -1), "CMYK")
jpeg("baseline.jpg", picture, **SHARP)
jpeg("progressive.jpg", picture, progressive=True, **SHARP)
jpeg("subsampled.jpg", Image.fromarray(smooth // 4 + 64), subsampling=2)
jpeg("gray.jpg", picture.convert("L"))
jpeg("rgb.jpg", picture, keep_rgb=True, **SHARP)
jpeg("cmyk.jpg", cmyk, **SHARP)
for value in range(1, 9):
    jpeg(f"oriented{value}.jpg", picture, exif=orientation(value), **SHARP)

inverted = (FOLDER / "cmyk.jpg").read_bytes()
marker = inverted.index(b"\xff\xee\x00\x0eAdobe")
(FOLDER / "ycck.jpg").write_bytes(inverted[: marker + 15] + b"\2" + inverted[marker + 16 :])
(FOLDER / "cmykPlain.jpg").write_bytes(inverted[:marker] + inverted[marker + 16 :])

# WebP and BMP
picture.save(FOLDER / "lossy.webp", quality=90)
picture.save(FOLDER / "oriented.webp", lossless=True, exif=orientation(6))
Image.fromarray(np.concatenate([noisy, noisy[..., :1]], -1)).save(FOLDER / "alpha.webp", lossless=True, exact=True)
Image.fromarray(noisy).save(FOLDER / "rgb.bmp")
Image.fromarray(noisy).convert("L").save(FOLDER / "gray.bmp")
Image.fromarray(noisy).quantize(16).save(FOLDER / "palette.bmp")
Image.fromarray(noisy).convert("1").save(FOLDER / "bits.bmp")
Image.fromarray(np.concatenate([noisy, noisy[..., :1]], -1)).save(FOLDER / "alpha.bmp")
turned = bytearray((FOLDER / "rgb.bmp").read_bytes())
turned[22:26] = struct.pack("<i", -len(noisy))
(FOLDER / "fromTop.bmp").write_bytes(turned)


def seen(image):
    if image.mode == "I;16":
        # convert("RGB") would turn all but the darkest of 256 levels white.
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    pixels = np.asarray(image.convert("RGB"))
    return {"height": len(pixels), "width": len(pixels[0]), "base64": base64.b64encode(pixels.tobytes()).decode()}


expected = {}
for path in sorted(FOLDER.iterdir()):
    image = Image.open(path)
    expected[path.name] = {"stored": seen(image), "upright": seen(ImageOps.exif_transpose(image))}
    if expected[path.name]["upright"] == expected[path.name]["stored"]:
        del expected[path.name]["upright"]
(FOLDER.parent / "imagePixels.json").write_text(json.dumps(expected, indent=1) + "\n")
