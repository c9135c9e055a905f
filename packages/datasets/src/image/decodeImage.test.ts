import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { decodeImage } from './decodeImage.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/images/${name}`, import.meta.url));

// Made by tools/oracles/images.py with Pillow.
const pixels = JSON.parse(readFileSync(fixture('../imagePixels.json'), 'utf8')) as Readonly<
  Record<string, { readonly width: number; readonly height: number; readonly data: readonly number[] }>
>;

const decode = (name: string) => decodeImage(readFileSync(fixture(name)), name);

describe('decodeImage', () => {
  it.each(['rgb.png', 'gray.png', 'palette.png', 'alpha.png'])(
    'reads the pixels of %s as Pillow does',
    (name) => {
      const { width, height, data } = decode(name);
      expect([width, height]).toEqual([pixels[name]!.width, pixels[name]!.height]);
      expect([...data]).toEqual(pixels[name]!.data);
    },
  );

  // How the inverse transform rounds and how colours at half resolution are scaled up is left to the decoder.
  it.each([
    ['baseline.jpg', 1, 4],
    ['progressive.jpg', 1, 4],
    ['gray.jpg', 1, 4],
    ['oriented.jpg', 1, 4],
    ['subsampled.jpg', 2, 10],
  ])('reads %s as Pillow does but for %d levels on average and %d at most', (name, average, most) => {
    const { width, height, data } = decode(name);
    const expected = pixels[name]!;
    expect([width, height, data.length]).toEqual([expected.width, expected.height, expected.data.length]);
    const errors = expected.data.map((value, i) => Math.abs(value - data[i]!));
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(average);
    expect(Math.max(...errors)).toBeLessThanOrEqual(most);
  });

  it('refuses what is neither JPEG nor PNG', () => {
    expect(() => decodeImage(Buffer.from('GIF89a'), 'a.gif')).toThrow(
      'a.gif: expected a JPEG or PNG image, but it starts with the bytes 47494638.',
    );
    expect(() => decodeImage(Buffer.alloc(0), 'a.png')).toThrow(
      'a.png: expected a JPEG or PNG image, but it starts with an empty file.',
    );
  });

  it.each(['rgb.png', 'baseline.jpg', 'progressive.jpg'])('names %s when it is cut short', (name) => {
    const bytes = readFileSync(fixture(name));
    expect(() => decodeImage(bytes.subarray(0, bytes.length / 2), `cut/${name}`)).toThrow(
      `cut/${name}: the image cannot be decoded: `,
    );
  });
});
