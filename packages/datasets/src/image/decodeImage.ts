import { decodeBmp } from './decodeBmp.js';
import { decodeJpeg } from './decodeJpeg.js';
import { decodePng } from './decodePng.js';
import { decodeWebp } from './decodeWebp.js';
import { exifOrientation, type ImageFormat } from './exifOrientation.js';
import type { RgbImage } from './rgbImage.js';
import { turnUpright } from './turnUpright.js';

export interface DecodeOptions {
  /** `upright` turns an image as its EXIF data says (the default); `stored` leaves it as it lies in the file. */
  readonly orientation?: 'upright' | 'stored';
}

const decoders: Readonly<Record<ImageFormat, (bytes: Buffer) => RgbImage | Promise<RgbImage>>> = {
  JPEG: decodeJpeg,
  PNG: decodePng,
  WebP: decodeWebp,
  BMP: decodeBmp,
};

/**
 * Decodes a JPEG, PNG, WebP or BMP file to 8-bit RGB. Transparency is dropped, as in Pillow's `convert('RGB')`.
 *
 * @param path  for messages
 * @throws Error  that names the path where the file is of no such format, cut short or damaged
 */
export async function decodeImage(
  bytes: Buffer,
  path: string,
  { orientation = 'upright' }: DecodeOptions = {},
): Promise<RgbImage> {
  const format = formatOf(bytes);
  if (format === undefined) {
    const found = bytes.length === 0 ? 'an empty file' : `the bytes ${bytes.subarray(0, 4).toString('hex')}`;
    throw new Error(`${path}: expected a JPEG, PNG, WebP or BMP image, but it starts with ${found}.`);
  }
  try {
    const image = await decoders[format](bytes);
    if (image.data.length === 0) throw new Error('it has no pixels');
    return orientation === 'stored' ? image : turnUpright(image, exifOrientation(bytes, format));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${path}: the ${format} image cannot be decoded: ${reason}`, { cause: error });
  }
}

function formatOf(bytes: Buffer): ImageFormat | undefined {
  const start = bytes.toString('latin1', 0, 12);
  if (start.startsWith('\xff\xd8\xff')) return 'JPEG';
  if (start.startsWith('\x89PNG')) return 'PNG';
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'WebP';
  return start.startsWith('BM') ? 'BMP' : undefined;
}
