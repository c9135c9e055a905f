import type { Rgb } from '@hash/core';
import type { PackedImage } from './packedImage.js';

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
export function writeFloats(
  { width, height, pixels }: PackedImage,
  table: FloatTable,
  out: Float32Array,
  offset: number,
): void {
  for (let i = 0, at = offset; i < width * height; i++, at += 3) {
    const pixel = pixels[i]!;
    out[at] = table[pixel & 255]!;
    out[at + 1] = table[256 + ((pixel >> 8) & 255)]!;
    out[at + 2] = table[512 + (pixel >> 16)]!;
  }
}
