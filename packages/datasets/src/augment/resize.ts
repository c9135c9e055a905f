import type { Interpolation } from '@hash/core';
import type { PackedImage } from './packedImage.js';
import { resample } from './resample.js';

/**
 * Scales an image so that its shorter side has `size` pixels; the longer one is rounded down.
 *
 * @returns `target`, or `source` if it has this size already
 */
export function resize(
  source: PackedImage,
  size: number,
  interpolation: Interpolation,
  target: PackedImage,
): PackedImage {
  const { width, height } = source;
  const scaled = (side: number, other: number) => (side <= other ? size : Math.trunc((size * side) / other));
  const box = { left: 0, top: 0, width, height };
  return resample(source, box, scaled(width, height), scaled(height, width), interpolation, target);
}
