import { expect, it } from '@jest/globals';
import { openMat } from './openMat.js';
import { fixture } from './scipy.testing.js';
import { decodeUtf32 } from './utf32.js';

it('openMat reads cells once that many cells refer to', async () => {
  const mat = await openMat(fixture('references73.mat'));
  // Ten in each of ten in each of ten ...: one by one they would be 10^10.
  let value = await mat.readVariable('alike');
  for (let depth = 0; depth < 10; depth++) {
    if (value.class !== 'cell')
      throw new Error(`expected cells at depth ${depth}, but found ${value.class}.`);
    expect(value.cells).toHaveLength(10);
    value = value.cells[9]!;
  }
  expect(value).toMatchObject({ class: 'numbers', data: Float64Array.of(7) });
  await mat.close();
});

it('openMat refuses cells that lie in themselves', async () => {
  const path = fixture('references73.mat');
  const mat = await openMat(path);
  const place = `${path}: loop: `;
  await expect(mat.readVariable('loop')).rejects.toThrow(
    `${place}expected cells that do not lie in themselves.`,
  );
  await mat.close();
});

it('openMat refuses an array without elements whose sizes have no 0', async () => {
  const path = fixture('sizes73.mat');
  await expect(openMat(path)).rejects.toThrow(
    `${path}: empty: expected the sizes of an empty array, but found [1099511627776, 3].`,
  );
});

it('decodeUtf32 replaces what is no character', () => {
  const points = Uint32Array.of(0x61, 0x1f415, 0x110000, 0xffffffff, 0x62);
  expect(decodeUtf32(new Uint8Array(points.buffer)).join('')).toBe('a🐕��b');
});
