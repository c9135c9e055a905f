import jpegCodec from '@jimp/js-jpeg';
import pngCodec from '@jimp/js-png';
import type { RgbImage } from './rgbImage.js';

const jpeg = jpegCodec();
const png = pngCodec();

/**
 * Decodes a JPEG or PNG file to the pixels as they are stored: an orientation in EXIF data is not applied, and
 * transparency is dropped, as in Pillow's `convert('RGB')`.
 *
 * @param path  for messages
 */
export function decodeImage(bytes: Buffer, path: string): RgbImage {
  const decode = decoderFor(bytes);
  if (decode === undefined) {
    const found = bytes.length === 0 ? 'an empty file' : `the bytes ${bytes.subarray(0, 4).toString('hex')}`;
    throw new Error(`${path}: expected a JPEG or PNG image, but it starts with ${found}.`);
  }
  try {
    return decode(bytes);
  } catch (error) {
    throw new Error(`${path}: the image cannot be decoded: ${(error as Error).message}`, { cause: error });
  }
}

function decoderFor(bytes: Buffer): ((bytes: Buffer) => RgbImage) | undefined {
  const start = bytes.subarray(0, 4).toString('hex');
  if (start.startsWith('ffd8ff')) return decodeJpeg;
  return start === '89504e47' ? decodePng : undefined;
}

function decodeJpeg(bytes: Buffer): RgbImage {
  return jpeg.decode(bytes, { formatAsRGBA: false, tolerantDecoding: false });
}

function decodePng(bytes: Buffer): RgbImage {
  const { width, height, data: rgba } = png.decode(bytes);
  const data = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; to < data.length; from += 4, to += 3) {
    data[to] = rgba[from]!;
    data[to + 1] = rgba[from + 1]!;
    data[to + 2] = rgba[from + 2]!;
  }
  return { width, height, data };
}
