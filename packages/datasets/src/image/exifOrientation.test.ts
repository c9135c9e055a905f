import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { exifOrientation } from './exifOrientation.js';

const read = (name: string) => readFileSync(new URL(`../../fixtures/images/${name}`, import.meta.url));

/** A JPEG file that has nothing but EXIF data with one entry: the orientation. */
function jpegWith(value: number, { order = 'II', tag = 0x0112, entries = 1 } = {}): Buffer {
  const tiff = Buffer.alloc(26);
  const put = (offset: number, bytes: number, number: number) =>
    order === 'II' ? tiff.writeUIntLE(number, offset, bytes) : tiff.writeUIntBE(number, offset, bytes);
  tiff.write(order);
  put(2, 2, 42);
  put(4, 4, 8);
  put(8, 2, entries);
  put(10, 2, tag);
  put(12, 2, 3);
  put(14, 4, 1);
  put(18, 2, value);
  const content = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
  const head = Buffer.from([0xff, 0xd8, 0xff, 0xff, 0xe1, 0, content.length + 2]); // with a fill byte
  return Buffer.concat([head, content]);
}

describe('exifOrientation', () => {
  it.each(['II', 'MM'])('reads both byte orders: %s', (order) => {
    for (let value = 1; value <= 8; value++) {
      expect(exifOrientation(jpegWith(value, { order }), 'JPEG')).toBe(value);
    }
  });

  it('reads PNG and WebP', () => {
    expect(exifOrientation(read('oriented.png'), 'PNG')).toBe(8);
    expect(exifOrientation(read('oriented.webp'), 'WebP')).toBe(6);
  });

  it('takes what makes no sense for upright', () => {
    expect(exifOrientation(jpegWith(0), 'JPEG')).toBe(1);
    expect(exifOrientation(jpegWith(9), 'JPEG')).toBe(1);
    expect(exifOrientation(jpegWith(6, { tag: 0x0113 }), 'JPEG')).toBe(1);
    expect(exifOrientation(jpegWith(6, { tag: 0x0113, entries: 60_000 }), 'JPEG')).toBe(1);
    expect(exifOrientation(read('baseline.jpg'), 'JPEG')).toBe(1);
    expect(exifOrientation(read('rgb.bmp'), 'BMP')).toBe(1);
    expect(exifOrientation(read('rgb.png'), 'PNG')).toBe(1);
    expect(exifOrientation(read('lossy.webp'), 'WebP')).toBe(1);
  });

  it('survives files that end anywhere', () => {
    const bytes = jpegWith(6);
    for (let length = 0; length < bytes.length - 7; length++) {
      expect(exifOrientation(bytes.subarray(0, length), 'JPEG')).toBe(1);
    }
  });
});
