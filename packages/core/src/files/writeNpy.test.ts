import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { readNpy } from './npy.js';
import { openNpz } from './npz.js';
import { writeNpy } from './writeNpy.js';

const fixture = (name: string): string =>
  fileURLToPath(new URL(`../../fixtures/npz/${name}`, import.meta.url));

const folder = temporaryFolder(beforeEach, afterEach);
let path: string;
beforeEach(() => {
  path = folder.join('array.npy');
});

describe('writeNpy', () => {
  it('writes the bytes that NumPy writes', async () => {
    await writeNpy(path, await readNpy(fixture('version1.npy')));
    expect(readFileSync(path).toString('hex')).toBe(readFileSync(fixture('version1.npy')).toString('hex'));
  });

  it('writes every type and shape, as it is read back', async () => {
    const file = await openNpz(fixture('stored.npz'));
    for (const name of file.arrays.keys()) {
      const array = await file.read(name);
      await writeNpy(path, array);
      expect(await readNpy(path)).toEqual(array);
    }
    await file.close();
  });

  it('writes a part of a larger buffer', async () => {
    const data = new Uint16Array([9, 1, 2, 3]).subarray(1);
    await writeNpy(path, { dtype: 'uint16', shape: [3], data });
    expect([...(await readNpy(path)).data]).toEqual([1, 2, 3]);
  });

  it('refuses what does not fit, and writes nothing', async () => {
    const data = new Uint16Array(5);
    await expect(writeNpy(path, { dtype: 'uint16', shape: [2, 3], data })).rejects.toThrow(
      'writeNpy: expected 6 values for shape [2, 3], but got 5.',
    );
    await expect(writeNpy(path, { dtype: 'bfloat16', shape: [5], data })).rejects.toThrow(
      'writeNpy: NumPy has no type bfloat16.',
    );
    expect(readdirSync(folder.path)).toEqual([]);
  });
});
