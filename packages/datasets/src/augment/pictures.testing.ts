import type { RgbImage } from '../image/rgbImage.js';
import { DeferredImage } from './deferredImage.js';
import { PackedImage } from './packedImage.js';

const { floor, imul, max } = Math;

type Picture = (x: number, y: number, channel: number, width: number, height: number) => number;

/** The images of `tools/oracles/augment.py`, value by value. */
const pictures = {
  noise: (x, y, channel) => {
    const hashed = imul(x, 374761393) + imul(y, 668265263) + imul(channel, 2246822519);
    return imul(hashed ^ (hashed >>> 13), 1274126177) >>> 24;
  },
  gradient: (x, y, channel, width, height) => {
    if (channel === 0) return floor((x * 255) / max(width - 1, 1));
    if (channel === 1) return floor((y * 255) / max(height - 1, 1));
    return (7 * x + 13 * y) % 256;
  },
  gray: (x, y) => (5 * x + 11 * y) % 256,
  everySixth: (x, y, channel, width) => 6 * (floor((y * width + x) / 43 ** channel) % 43),
} as const satisfies Record<string, Picture>;

export type PictureName = keyof typeof pictures;

export function picture(name: PictureName, width: number, height: number): RgbImage {
  const draw: Picture = pictures[name];
  const data = new Uint8Array(width * height * 3);
  for (let i = 0; i < data.length; i++) {
    const pixel = floor(i / 3);
    data[i] = draw(pixel % width, floor(pixel / width), i % 3, width, height);
  }
  return { width, height, data };
}

export function packed(name: PictureName, width: number, height: number): PackedImage {
  return new PackedImage().copy(picture(name, width, height));
}

export function deferred(name: PictureName, width: number, height: number): DeferredImage {
  const image = new DeferredImage();
  image.load(picture(name, width, height));
  return image;
}
