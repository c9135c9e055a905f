import type { Rng } from '@hash/core';
import type { Box, Size } from './crop.js';

/**
 * Draws a square of `size` pixels from an image that has `padding` more pixels on every side.
 *
 * @throws RangeError if even the padded image is smaller than the square
 */
export function drawRandomCrop(image: Size, size: number, padding: number, rng: Rng): Box {
  const height = image.height + 2 * padding;
  const width = image.width + 2 * padding;
  if (width < size || height < size) {
    throw new RangeError(
      `randomCrop: expected an image of at least ${size} x ${size} pixels, padding included, but got ${width} x ${height}.`,
    );
  }
  const top = rng.int(height - size + 1) - padding;
  const left = rng.int(width - size + 1) - padding;
  return { left, top, width: size, height: size };
}
