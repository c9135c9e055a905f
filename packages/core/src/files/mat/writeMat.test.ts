import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../../testing/temporaryFolder.js';
import type { NumericArray } from '../numericArray.js';
import { openMat } from './openMat.js';
import { writeMat } from './writeMat.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../../fixtures/mat/${name}`, import.meta.url));

const folder = temporaryFolder(beforeEach, afterEach);
let path: string;
beforeEach(() => {
  path = folder.join('written.mat');
});

async function readAll(file: string): Promise<Map<string, NumericArray>> {
  const mat = await openMat(file);
  const arrays = new Map<string, NumericArray>();
  for (const name of mat.arrays.keys()) arrays.set(name, await mat.read(name));
  await mat.close();
  return arrays;
}

describe('writeMat', () => {
  it('writes every type and shape, as it is read back', async () => {
    const arrays = await readAll(fixture('plain.mat'));
    expect(arrays.size).toBe(13);
    await writeMat(path, arrays);
    expect(await readAll(path)).toEqual(arrays);
  });

  it('writes the bytes that SciPy writes', async () => {
    const data = Float64Array.of(1, 2, 3, 4, 5, 6);
    await writeMat(path, new Map([['codes', { dtype: 'float64', shape: [2, 3], data }]]));
    // scipy.io.savemat('x.mat', {'codes': numpy.arange(1.0, 7).reshape(2, 3)}), SciPy 1.17.1, from byte 128 on
    expect(readFileSync(path).toString('hex', 128)).toBe(
      [
        '0e0000006800000006000000080000000600000000000000050000000800000002000000030000000100000005000000',
        '636f6465730000000900000030000000000000000000f03f000000000000104000000000000000400000000000001440',
        '00000000000008400000000000001840',
      ].join(''),
    );
  });

  it.each<[string, string, NumericArray, string]>([
    [
      'a name that MATLAB has not',
      '1st',
      { dtype: 'uint8', shape: [1, 1], data: new Uint8Array(1) },
      'writeMat: 1st: expected a name of a letter and up to 62 letters, digits or _, but got "1st".',
    ],
    [
      'half precision',
      'x',
      { dtype: 'float16', shape: [1, 1], data: new Uint16Array(1) },
      'writeMat: x: expected numbers of a type that MATLAB has, but got float16.',
    ],
    [
      'a list',
      'x',
      { dtype: 'uint8', shape: [1], data: new Uint8Array(1) },
      'writeMat: x: expected two axes or more, but got shape [1].',
    ],
    [
      'values that do not fit',
      'x',
      { dtype: 'uint8', shape: [2, 2], data: new Uint8Array(3) },
      'writeMat: x: expected 4 values for shape [2, 2], but got 3.',
    ],
  ])('refuses %s, and writes nothing', async (_, name, array, message) => {
    await expect(writeMat(path, new Map([[name, array]]))).rejects.toThrow(message);
    expect(readdirSync(folder.path)).toEqual([]);
  });
});
