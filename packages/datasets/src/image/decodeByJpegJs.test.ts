import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { decodeByJpegJs } from './decodeByJpegJs.js';

const fixture = (name: string) => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const seen = JSON.parse(readFileSync(fixture('imagePixels.json'), 'utf8')) as Readonly<
  Record<string, { readonly stored: { readonly base64: string } }>
>;

// How the inverse transform rounds and how colours at half resolution are scaled up is left to the decoder.
it.each([
  ['baseline.jpg', 4],
  ['progressive.jpg', 4],
  ['subsampled.jpg', 10],
  ['gray.jpg', 4],
  ['rgb.jpg', 4],
])('reads %s as Pillow does but for %d levels', (name, levels) => {
  const { data } = decodeByJpegJs(readFileSync(fixture(`images/${name}`)));
  const pixels = Buffer.from(seen[name]!.stored.base64, 'base64');
  expect(data).toHaveLength(pixels.length);
  expect(Math.max(...pixels.map((value, i) => Math.abs(value - data[i]!)))).toBeLessThanOrEqual(levels);
});
