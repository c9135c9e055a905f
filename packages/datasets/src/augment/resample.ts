import type { Interpolation } from '@hash/core';
import type { Box, Size } from './crop.js';
import { PackedImage } from './packedImage.js';
import { kernelSection, resamplingKernel, WEIGHT_BITS, type ResamplingKernel } from './resamplingKernel.js';

const { imul } = Math;
const HALF = 1 << (WEIGHT_BITS - 1);

/** Between the two passes. */
const between = new PackedImage();

/**
 * Scales a part of an image to a size and keeps a window of the result, bit for bit as if Pillow did it step by step:
 * first along the rows, then, from 8 bits again, along the columns.
 */
export function resample(
  source: PackedImage,
  part: Box,
  size: Size,
  window: Box,
  interpolation: Interpolation,
  target: PackedImage,
): PackedImage {
  const across = resamplingKernel(part.width, size.width, interpolation);
  const down = resamplingKernel(part.height, size.height, interpolation);
  const columns = kernelSection(across, window.left, window.width);
  const rows = kernelSection(down, window.top, window.height);
  // Only these rows of the part are looked at.
  const first = rows.starts[0]!;
  const count = Math.min(rows.starts.at(-1)! + rows.taps, part.height) - first;
  resampleRows(source, (part.top + first) * source.width + part.left, count, columns, between);
  resampleRows(between, -first, window.width, rows, target);
  return target;
}

/**
 * Scales the rows of an image, `count` of them and the first at `corner`, and writes them as columns, so that running it
 * twice scales both ways. It goes through one output column after another: each has the same weights from end to end.
 */
function resampleRows(
  source: PackedImage,
  corner: number,
  count: number,
  kernel: ResamplingKernel,
  target: PackedImage,
): void {
  target.resize(count, kernel.starts.length);
  const mix = kernel.taps === 2 ? mixTwo : kernel.taps === 4 ? mixFour : mixMany;
  mix(source, corner, count, kernel, target.pixels);
}

/** Enlarging bilinearly. The weights are positive and so the mixture needs no clamping. */
function mixTwo(
  source: PackedImage,
  corner: number,
  count: number,
  { starts, weights }: ResamplingKernel,
  output: Int32Array,
): void {
  const { width: stride, pixels } = source;
  for (let x = 0; x < starts.length; x++) {
    const end = (x + 1) * count;
    const u = weights[2 * x]!;
    const v = weights[2 * x + 1]!;
    let from = corner + starts[x]!;
    for (let at = x * count; at < end; at++) {
      const a = pixels[from]!;
      const b = pixels[from + 1]!;
      const red = imul(u, a & 255) + imul(v, b & 255) + HALF;
      const green = imul(u, (a >> 8) & 255) + imul(v, (b >> 8) & 255) + HALF;
      const blue = imul(u, a >> 16) + imul(v, b >> 16) + HALF;
      output[at] = (red >> WEIGHT_BITS) | ((green >> WEIGHT_BITS) << 8) | ((blue >> WEIGHT_BITS) << 16);
      from += stride;
    }
  }
}

/** Enlarging bicubically, or bilinearly to at least half the size. */
function mixFour(
  source: PackedImage,
  corner: number,
  count: number,
  { starts, weights }: ResamplingKernel,
  output: Int32Array,
): void {
  const { width: stride, pixels } = source;
  for (let x = 0; x < starts.length; x++) {
    const end = (x + 1) * count;
    const u = weights[4 * x]!;
    const v = weights[4 * x + 1]!;
    const w = weights[4 * x + 2]!;
    const z = weights[4 * x + 3]!;
    let from = corner + starts[x]!;
    for (let at = x * count; at < end; at++) {
      const a = pixels[from]!;
      const b = pixels[from + 1]!;
      const c = pixels[from + 2]!;
      const d = pixels[from + 3]!;
      const red = imul(u, a & 255) + imul(v, b & 255) + imul(w, c & 255) + imul(z, d & 255) + HALF;
      const green =
        imul(u, (a >> 8) & 255) +
        imul(v, (b >> 8) & 255) +
        imul(w, (c >> 8) & 255) +
        imul(z, (d >> 8) & 255) +
        HALF;
      const blue = imul(u, a >> 16) + imul(v, b >> 16) + imul(w, c >> 16) + imul(z, d >> 16) + HALF;
      output[at] = toByte(red) | (toByte(green) << 8) | (toByte(blue) << 16);
      from += stride;
    }
  }
}

function mixMany(
  source: PackedImage,
  corner: number,
  count: number,
  { taps, starts, weights }: ResamplingKernel,
  output: Int32Array,
): void {
  const { width: stride, pixels } = source;
  for (let x = 0; x < starts.length; x++) {
    const end = (x + 1) * count;
    const lastTap = (x + 1) * taps;
    let row = corner + starts[x]!;
    for (let at = x * count; at < end; at++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let from = row;
      for (let tap = x * taps; tap < lastTap; tap += 2) {
        const u = weights[tap]!;
        const v = weights[tap + 1]!;
        const a = pixels[from]!;
        const b = pixels[from + 1]!;
        red = (red + imul(u, a & 255) + imul(v, b & 255)) | 0;
        green = (green + imul(u, (a >> 8) & 255) + imul(v, (b >> 8) & 255)) | 0;
        blue = (blue + imul(u, a >> 16) + imul(v, b >> 16)) | 0;
        from += 2;
      }
      output[at] = toByte(red) | (toByte(green) << 8) | (toByte(blue) << 16);
      row += stride;
    }
  }
}

function toByte(fixedPoint: number): number {
  const value = fixedPoint >> WEIGHT_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
