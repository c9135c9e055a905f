import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { decodeImage, type DecodeOptions } from './decodeImage.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/images/${name}`, import.meta.url));

interface Seen {
  readonly width: number;
  readonly height: number;
  /** [height, width, 3] */
  readonly base64: string;
}

/** What Pillow sees in each file, as it lies there and, where that is another, upright: tools/oracles/images.py. */
const seen = JSON.parse(readFileSync(fixture('../imagePixels.json'), 'utf8')) as Readonly<
  Record<string, { readonly stored: Seen; readonly upright?: Seen }>
>;
const NAMES = Object.keys(seen);
const isJpeg = (name: string) => name.endsWith('.jpg');
const isCmyk = (name: string) => isJpeg(name) && /cmyk|ycck/.test(name);

async function differences(name: string, expected: Seen, options: DecodeOptions): Promise<number[]> {
  const { width, height, data } = await decodeImage(readFileSync(fixture(name)), name, options);
  const pixels = Buffer.from(expected.base64, 'base64');
  expect([width, height, data.length]).toEqual([expected.width, expected.height, pixels.length]);
  return Array.from(pixels, (value, i) => Math.abs(value - data[i]!));
}

const most = (values: readonly number[]) => Math.max(...values);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('decodeImage', () => {
  it('is tested with every fixture', () => {
    expect(readdirSync(fixture('.')).sort()).toEqual([...NAMES].sort());
  });

  it.each(NAMES.filter((name) => !isCmyk(name)))('reads the pixels of %s as Pillow does', async (name) => {
    const { stored, upright = stored } = seen[name]!;
    expect(most(await differences(name, stored, { orientation: 'stored' }))).toBe(0);
    expect(most(await differences(name, upright, {}))).toBe(0);
  });

  // Of these jpeg-js rounds the inverse transform in its own way.
  it.each(NAMES.filter(isCmyk))('reads %s as Pillow does but for a few levels', async (name) => {
    const found = await differences(name, seen[name]!.stored, {});
    expect(mean(found)).toBeLessThan(1);
    expect(most(found)).toBeLessThanOrEqual(4);
  });

  it('reads a JPEG image with bytes that belong to nothing, as Pillow does', async () => {
    const bytes = readFileSync(fixture('baseline.jpg'));
    const end = bytes.length - 2;
    const { data } = await decodeImage(
      Buffer.concat([bytes.subarray(0, end), Buffer.alloc(5), bytes.subarray(end)]),
      'a.jpg',
    );
    const pixels = Buffer.from(seen['baseline.jpg']!.stored.base64, 'base64');
    expect(most(Array.from(pixels, (value, i) => Math.abs(value - data[i]!)))).toBeLessThanOrEqual(4);
  });

  it('refuses a JPEG image of which a part is missing before its end', async () => {
    const bytes = readFileSync(fixture('baseline.jpg'));
    bytes.writeUInt16BE(0xffd9, bytes.length - 60);
    await expect(decodeImage(bytes, 'a.jpg')).rejects.toThrow(
      'a.jpg: the JPEG image cannot be decoded: unexpected marker: ffd9',
    );
    // 65,535 pixels a side, of which the file has few.
    const huge = readFileSync(fixture('baseline.jpg'));
    huge.writeUInt32BE(0xffffffff, huge.indexOf(Buffer.from('ffc0', 'hex')) + 5);
    await expect(decodeImage(huge, 'a.jpg')).rejects.toThrow('a.jpg: the JPEG image cannot be decoded: ');
  });

  it('is tested with all eight orientations', () => {
    const turned = NAMES.filter((name) => /oriented\d\.jpg/.test(name));
    expect(turned).toHaveLength(8);
    expect(turned.filter((name) => seen[name]!.upright === undefined)).toEqual(['oriented1.jpg']);
    expect(NAMES.filter((name) => seen[name]!.upright !== undefined && !isJpeg(name))).toEqual([
      'oriented.png',
      'oriented.webp',
    ]);
  });

  it('refuses what is no image that it can read', async () => {
    await expect(decodeImage(Buffer.from('GIF89a'), 'a.gif')).rejects.toThrow(
      'a.gif: expected a JPEG, PNG, WebP or BMP image, but it starts with the bytes 47494638.',
    );
    await expect(decodeImage(Buffer.alloc(0), 'a.png')).rejects.toThrow(
      'a.png: expected a JPEG, PNG, WebP or BMP image, but it starts with an empty file.',
    );
  });

  it('refuses an image without pixels', async () => {
    const bytes = readFileSync(fixture('rgb.bmp'));
    bytes.writeInt32LE(0, 18);
    await expect(decodeImage(bytes, 'empty.bmp')).rejects.toThrow(
      'empty.bmp: the BMP image cannot be decoded: ',
    );
  });

  it.each(['rgb.png', 'interlaced.png', 'baseline.jpg', 'progressive.jpg', 'lossy.webp', 'rgb.bmp'])(
    'names %s wherever it is cut short',
    async (name) => {
      const bytes = readFileSync(fixture(name));
      // The last two bytes of a BMP are no pixels.
      for (let length = 12; length < bytes.length - 2; length += 7) {
        await expect(decodeImage(Buffer.from(bytes.subarray(0, length)), `cut/${name}`)).rejects.toThrow(
          /^cut\/\w+\.\w+: the (JPEG|PNG|WebP|BMP) image cannot be decoded: ./,
        );
      }
    },
  );
});
