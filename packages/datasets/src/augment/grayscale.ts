import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';
import { luminance } from './luminance.js';
/** Replaces every pixel by its gray, three times. @returns `target`, which may be `source` */
export function grayscale(source: RgbImage, target: PixelBuffer): RgbImage {
  const { width, height, data: input } = source;
  const { data: output } = target.resize(width, height);
  for (let i = 0; i < width * height * 3; i += 3) {
    const gray = luminance(input[i]!, input[i + 1]!, input[i + 2]!);
    output[i] = gray;
    output[i + 1] = gray;
    output[i + 2] = gray;
  }
  return target;
}
