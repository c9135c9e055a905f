import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { readSafetensors } from '@hash/core';
import { toFloat32, writeHdf5 } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { convertWeights, inspectWeights } from './convertWeights.js';
import { openWeights } from './openWeights.js';

const fixture = (name: string): string => fileURLToPath(new URL(`../../fixtures/${name}`, import.meta.url));
const folder = temporaryFolder(beforeAll, afterAll);
let target: string;
beforeAll(() => {
  target = folder.join('converted.safetensors');
});

it.each(['vit-tiny.npz', 'resnet-basic.pth', 'mobilenet-small.h5'])(
  'keeps names, shapes and values of %s',
  async (name) => {
    const summary = await convertWeights(fixture(name), target);
    expect(await inspectWeights(fixture(name))).toEqual(summary);
    const { tensors } = await readSafetensors(target);
    const file = await openWeights(fixture(name));
    expect([...tensors.keys()].sort()).toEqual([...file.arrays.keys()].sort());
    expect(summary.arrays).toBe(tensors.size);
    for (const [key, { shape, data, dtype }] of tensors) {
      const original = await file.read(key);
      expect(shape).toEqual(original.shape);
      expect(dtype).toBe(original.dtype.includes('float') ? 'float32' : 'int32');
      expect(Float32Array.from(data)).toEqual(toFloat32(original));
    }
    await file.close();
  },
);

it('keeps bytes and refuses integers that do not fit', async () => {
  const path = folder.join('integers.h5');
  await writeHdf5(path, new Map([['a/bytes', { dtype: 'uint8', shape: [2], data: Uint8Array.of(0, 255) }]]));
  await convertWeights(path, target);
  expect((await readSafetensors(target)).tensors.get('a/bytes')!.data).toEqual(Uint8Array.of(0, 255));
  const data = BigInt64Array.of(1n, 2n ** 31n);
  await writeHdf5(path, new Map([['a/long', { dtype: 'int64', shape: [2], data }]]));
  await expect(convertWeights(path, target)).rejects.toThrow(
    `convertWeights: ${path}: a/long: expected integers that fit into 32 bits, but got 2147483648 at element 1.`,
  );
});
