import { jpegSegments } from './jpegSegments.js';
import { pngChunks } from './pngChunks.js';

/** How an image lies in its file, 1 to 8: which side of it are the first row and the first column. 1 is upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export type ImageFormat = 'JPEG' | 'PNG' | 'WebP' | 'BMP';

/** The orientation in a file's EXIF data; 1 where there is none, or none that makes sense. */
export function exifOrientation(bytes: Buffer, format: ImageFormat): Orientation {
  const exif = format === 'BMP' ? undefined : findExif[format](bytes);
  const value = exif && orientationOf(exif);
  return value !== undefined && value >= 1 && value <= 8 ? (value as Orientation) : 1;
}

const PREFIX = 'Exif\0\0';

const findExif: Readonly<Record<Exclude<ImageFormat, 'BMP'>, (bytes: Buffer) => Buffer | undefined>> = {
  JPEG(bytes) {
    for (const { marker, content } of jpegSegments(bytes)) {
      if (marker === 0xe1 && startsWithPrefix(content)) return content.subarray(PREFIX.length);
    }
    return undefined;
  },
  PNG(bytes) {
    for (const { kind, content } of pngChunks(bytes)) if (kind === 'eXIf') return content;
    return undefined;
  },
  /** A RIFF file: chunks of a kind, a length and content, at even places. */
  WebP(bytes) {
    for (let at = 12; at + 8 <= bytes.length;) {
      const length = bytes.readUInt32LE(at + 4);
      if (bytes.toString('latin1', at, at + 4) === 'EXIF') {
        const content = bytes.subarray(at + 8, at + 8 + length);
        return startsWithPrefix(content) ? content.subarray(PREFIX.length) : content;
      }
      at += 8 + length + (length % 2);
    }
    return undefined;
  },
};

function startsWithPrefix(content: Buffer): boolean {
  return content.toString('latin1', 0, PREFIX.length) === PREFIX;
}

const ORIENTATION = 0x0112;
const ENTRY_BYTES = 12;

/** The tag in the first directory of a TIFF file, which EXIF data is. */
function orientationOf(tiff: Buffer): number | undefined {
  if (tiff.length < 8) return undefined;
  const little = tiff.toString('latin1', 0, 2) === 'II';
  const uint16 = (at: number) => (little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const directory = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  if (directory + 2 > tiff.length) return undefined;
  const first = directory + 2;
  const end = Math.min(first + uint16(directory) * ENTRY_BYTES, tiff.length - ENTRY_BYTES + 1);
  for (let entry = first; entry < end; entry += ENTRY_BYTES) {
    if (uint16(entry) === ORIENTATION) return uint16(entry + 8);
  }
  return undefined;
}
