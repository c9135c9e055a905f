import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';

/** Mirrors left and right. @returns `target` */
export function horizontalFlip(source: RgbImage, target: PixelBuffer): RgbImage {
  const { width, height, data: input } = source;
  const { data: output } = target.resize(width, height);
  let at = 0;
  for (let y = 0; y < height; y++) {
    for (let from = ((y + 1) * width - 1) * 3; from >= y * width * 3; from -= 3) {
      output[at] = input[from]!;
      output[at + 1] = input[from + 1]!;
      output[at + 2] = input[from + 2]!;
      at += 3;
    }
  }
  return target;
}
