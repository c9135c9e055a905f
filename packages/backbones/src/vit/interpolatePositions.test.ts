import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose } from '@hash/core/testing';
import { openNpz, toFloat32 } from '@hash/core/files';
import { interpolatePositions } from './interpolatePositions.js';

const fixtures = new URL('../../fixtures/', import.meta.url);
const oracle = JSON.parse(readFileSync(new URL('vit.json', fixtures), 'utf8')) as {
  readonly positions: Readonly<Record<string, number[]>>;
};

async function positions(): Promise<Float32Array> {
  const file = await openNpz(fileURLToPath(new URL('vit-tiny.npz', fixtures)));
  const array = await file.read('Transformer/posembed_input/pos_embedding');
  await file.close();
  return toFloat32(array);
}

it.each(Object.keys(oracle.positions))('agrees with PyTorch on a grid of %s', async (grid) => {
  const resized = interpolatePositions(await positions(), 24, Number(grid));
  expectClose(tf.tensor1d(resized), oracle.positions[grid]!, { absolute: 1e-6 });
});

it('leaves a grid of the same size as it is', async () => {
  const values = await positions();
  expect(interpolatePositions(values, 24, 4)).toEqual(values);
});

it('repeats a single place', () => {
  expect([...interpolatePositions(Float32Array.of(9, 5), 1, 2)]).toEqual([9, 5, 5, 5, 5]);
});
