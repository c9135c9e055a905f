import type { Interpolation } from '@hash/core';
import { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';
import { crop, type Box } from './crop.js';
import { resamplingKernel, WEIGHT_BITS, type ResamplingKernel } from './resamplingKernel.js';

const { imul } = Math;

const HALF = 1 << (WEIGHT_BITS - 1);

/** Between the two passes. */
const between = new PixelBuffer();

/**
 * Scales a part of an image, bit for bit as Pillow does when it crops and then resizes: first along the rows, then,
 * from 8 bits again, along the columns; an axis that keeps its size is left alone.
 *
 * @returns `target`, or `source` if there was nothing to do
 */
export function resample(
  source: RgbImage,
  box: Box,
  width: number,
  height: number,
  interpolation: Interpolation,
  target: PixelBuffer,
): RgbImage {
  const across = box.width !== width;
  const down = box.height !== height;
  if (!across && !down) return crop(source, box, target);
  if (!down) {
    resampleRows(
      source,
      box,
      resamplingKernel(box.width, width, interpolation),
      target.resize(width, height),
    );
    return target;
  }
  const kernel = resamplingKernel(box.height, height, interpolation);
  if (!across) {
    resampleColumns(source, box, kernel, target.resize(width, height));
    return target;
  }
  between.resize(width, box.height);
  resampleRows(source, box, resamplingKernel(box.width, width, interpolation), between);
  resampleColumns(
    between,
    { left: 0, top: 0, width, height: box.height },
    kernel,
    target.resize(width, height),
  );
  return target;
}

function resampleRows(source: RgbImage, box: Box, kernel: ResamplingKernel, target: PixelBuffer): void {
  const { taps, starts, weights } = kernel;
  const input = source.data;
  const output = target.data;
  let at = 0;
  for (let y = 0; y < box.height; y++) {
    const row = ((box.top + y) * source.width + box.left) * 3;
    for (let x = 0; x < target.width; x++) {
      let from = row + starts[x]! * 3;
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      for (let t = x * taps; t < (x + 1) * taps; t++) {
        const weight = weights[t]!;
        red = (red + imul(weight, input[from]!)) | 0;
        green = (green + imul(weight, input[from + 1]!)) | 0;
        blue = (blue + imul(weight, input[from + 2]!)) | 0;
        from += 3;
      }
      output[at] = toByte(red);
      output[at + 1] = toByte(green);
      output[at + 2] = toByte(blue);
      at += 3;
    }
  }
}

function resampleColumns(source: RgbImage, box: Box, kernel: ResamplingKernel, target: PixelBuffer): void {
  const { taps, starts, weights } = kernel;
  const input = source.data;
  const output = target.data;
  const stride = source.width * 3;
  const values = target.width * 3;
  let at = 0;
  for (let y = 0; y < target.height; y++) {
    const row = ((box.top + starts[y]!) * source.width + box.left) * 3;
    for (let i = row; i < row + values; i++) {
      let sum = HALF;
      let from = i;
      for (let t = y * taps; t < (y + 1) * taps; t++) {
        sum = (sum + imul(weights[t]!, input[from]!)) | 0;
        from += stride;
      }
      output[at++] = toByte(sum);
    }
  }
}

function toByte(fixedPoint: number): number {
  const value = fixedPoint >> WEIGHT_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
