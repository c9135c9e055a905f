import bmpCodec from '@jimp/js-bmp';
import { dropAlpha } from './dropAlpha.js';
import type { RgbImage } from './rgbImage.js';

const bmp = bmpCodec();

export function decodeBmp(bytes: Buffer): RgbImage {
  const { width, height, data } = bmp.decode(bytes);
  return dropAlpha(width, height, data);
}
