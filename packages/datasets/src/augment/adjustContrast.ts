import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';
import { blend } from './blend.js';
import { luminance } from './luminance.js';

const { fround, trunc } = Math;

/** Blends an image from black: factor 0 is black, 1 the image, 2 twice as bright. @returns `target`, which may be `source` */
export function adjustBrightness(source: RgbImage, factor: number, target: PixelBuffer): RgbImage {
  return blendFromGray(source, 0, factor, target);
}

/** Blends an image from its mean gray: factor 0 is that gray, 1 the image. @returns `target`, which may be `source` */
export function adjustContrast(source: RgbImage, factor: number, target: PixelBuffer): RgbImage {
  return blendFromGray(source, meanGray(source), factor, target);
}

const table = new Uint8Array(256);

function blendFromGray(source: RgbImage, gray: number, factor: number, target: PixelBuffer): RgbImage {
  const { width, height, data: input } = source;
  const { data: output } = target.resize(width, height);
  const rounded = fround(factor);
  for (let value = 0; value < 256; value++) table[value] = blend(gray, value, rounded);
  for (let i = 0; i < width * height * 3; i++) output[i] = table[input[i]!]!;
  return target;
}

function meanGray({ width, height, data }: RgbImage): number {
  let sum = 0;
  for (let i = 0; i < width * height * 3; i += 3) sum += luminance(data[i]!, data[i + 1]!, data[i + 2]!);
  return trunc(sum / (width * height) + 0.5);
}
