import type { PackedImage } from './packedImage.js';

/** In pixels. */
export interface Size {
  readonly width: number;
  readonly height: number;
}

/** A rectangle of pixels; it may reach beyond the image that it is of. */
export interface Box extends Size {
  readonly left: number;
  readonly top: number;
}

/**
 * The pixels of a box; beyond the image they are black.
 *
 * @returns `target`, or `source` if the box is all of it
 */
export function crop(source: PackedImage, box: Box, target: PackedImage): PackedImage {
  const { left, top, width, height } = box;
  if (left === 0 && top === 0 && width === source.width && height === source.height) return source;
  const { pixels } = target.resize(width, height);
  const [firstX, lastX] = [Math.max(left, 0), Math.min(left + width, source.width)];
  const [firstY, lastY] = [Math.max(top, 0), Math.min(top + height, source.height)];
  if (lastX - firstX < width || lastY - firstY < height) pixels.fill(0, 0, width * height);
  for (let y = firstY; y < lastY; y++) {
    const row = y * source.width;
    pixels.set(source.pixels.subarray(row + firstX, row + lastX), (y - top) * width + firstX - left);
  }
  return target;
}
