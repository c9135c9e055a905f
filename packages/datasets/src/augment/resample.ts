import type { Interpolation } from '@hash/core';
import type { Box, Size } from './crop.js';
import type { PackedImage } from './packedImage.js';
import { kernelSection, resamplingKernel } from './resamplingKernel.js';
import { scalePlainly } from './scalePlainly.js';
import { Scaler, type Scaling } from './scaler.js';

const scaler = new Scaler();

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
  const scaling = scalingOf(source, part, size, window, interpolation);
  const { pixels } = target.resize(window.width, window.height);
  const scaled = scaler.scale(scaling);
  if (scaled !== undefined) pixels.set(scaled);
  else scalePlainly(scaling, pixels);
  return target;
}

/** As {@link resample}. */
export function scalingOf(
  { width: stride, pixels }: PackedImage,
  part: Box,
  size: Size,
  window: Box,
  interpolation: Interpolation,
): Scaling {
  const across = resamplingKernel(part.width, size.width, interpolation);
  const down = resamplingKernel(part.height, size.height, interpolation);
  const columns = kernelSection(across, window.left, window.width);
  const rows = kernelSection(down, window.top, window.height);
  // Only these rows of the part are looked at.
  const first = rows.starts[0]!;
  const count = Math.min(rows.starts.at(-1)! + rows.taps, part.height) - first;
  const start = (part.top + first) * stride;
  // And one pixel more, because a pair may be read where there is but one.
  const source = pixels.subarray(start, start + count * stride + 1);
  return { source, stride, count, left: part.left, columns, rows, first };
}
