import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';

/** A rectangle of pixels; it may reach beyond the image that it is of. */
export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/**
 * The pixels of a box; beyond the image they are black.
 *
 * @returns `target`, or `source` if the box is all of it
 */
export function crop(source: RgbImage, box: Box, target: PixelBuffer): RgbImage {
  const { left, top, width, height } = box;
  if (left === 0 && top === 0 && width === source.width && height === source.height) return source;
  const { data } = target.resize(width, height);
  const [firstX, lastX] = [Math.max(left, 0), Math.min(left + width, source.width)];
  const [firstY, lastY] = [Math.max(top, 0), Math.min(top + height, source.height)];
  if (lastX - firstX < width || lastY - firstY < height) data.fill(0, 0, width * height * 3);
  for (let y = firstY; y < lastY; y++) {
    const row = y * source.width;
    const pixels = source.data.subarray((row + firstX) * 3, (row + lastX) * 3);
    data.set(pixels, ((y - top) * width + firstX - left) * 3);
  }
  return target;
}
