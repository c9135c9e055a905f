import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';
import { blend } from './blend.js';
import { luminance } from './luminance.js';

const { fround } = Math;

/** Blends an image from its grays: factor 0 is gray, 1 the image. @returns `target`, which may be `source` */
export function adjustSaturation(source: RgbImage, factor: number, target: PixelBuffer): RgbImage {
  const { width, height, data: input } = source;
  const { data: output } = target.resize(width, height);
  const rounded = fround(factor);
  for (let i = 0; i < width * height * 3; i += 3) {
    const [red, green, blue] = [input[i]!, input[i + 1]!, input[i + 2]!];
    const gray = luminance(red, green, blue);
    output[i] = blend(gray, red, rounded);
    output[i + 1] = blend(gray, green, rounded);
    output[i + 2] = blend(gray, blue, rounded);
  }
  return target;
}
