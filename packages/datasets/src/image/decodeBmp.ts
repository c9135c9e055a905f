import bmpCodec from '@jimp/js-bmp';
import { dropAlpha } from './dropAlpha.js';
import type { RgbImage } from './rgbImage.js';

const bmp = bmpCodec();

export function decodeBmp(bytes: Buffer): RgbImage {
  return dropAlpha(bmp.decode(bytes));
}
