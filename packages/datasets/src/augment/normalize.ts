import type { Rgb } from '@hash/core';
import type { RgbImage } from '../image/rgbImage.js';

/** What becomes of a byte: [3, 256], one row for each channel. */
export type FloatTable = Float32Array;

/**
 * The values of `ToTensor` and `Normalize`, (x / 255 - mean) / std, rounded to float32 after every step as there.
 * Mean 0 and std 1 keep x / 255.
 */
export function floatTable(mean: Rgb, std: Rgb): FloatTable {
  const { fround } = Math;
  return Float32Array.from({ length: 3 * 256 }, (_, i) => {
    const channel = i >> 8;
    return fround(fround((i & 255) / 255) - fround(mean[channel]!)) / fround(std[channel]!);
  });
}

/** Writes the pixels of an image as floats, [height, width, 3]. */
export function writeFloats(image: RgbImage, table: FloatTable, out: Float32Array, offset: number): void {
  const { width, height, data } = image;
  for (let i = 0; i < width * height * 3; i += 3) {
    out[offset + i] = table[data[i]!]!;
    out[offset + i + 1] = table[256 + data[i + 1]!]!;
    out[offset + i + 2] = table[512 + data[i + 2]!]!;
  }
}
