import { decodeByJpegJs } from './decodeByJpegJs.js';
import { decodeByLibjpeg } from './decodeByLibjpeg.js';
import { isFrame, jpegSegments } from './jpegSegments.js';
import type { RgbImage } from './rgbImage.js';

/**
 * Decodes by libjpeg-turbo, the decoder of Pillow. CMYK, and what libjpeg-turbo warns of, is jpeg-js's: it tells an image
 * that is cut short from one that is whole but for bytes that belong to nothing.
 */
export async function decodeJpeg(bytes: Buffer): Promise<RgbImage> {
  const channels = [...jpegSegments(bytes)].find(isFrame)?.content[5];
  const image = channels === 4 ? undefined : await decodeByLibjpeg(bytes);
  return image ?? decodeByJpegJs(bytes);
}
