import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { readSafetensors } from './readSafetensors.js';
import { sha256Hex } from './sha256Hex.js';
import type { StoredTensor } from './storedTensor.js';
import { writeSafetensors } from './writeSafetensors.js';

const folder = temporaryFolder(beforeEach, afterEach);
let path: string;
beforeEach(() => {
  path = folder.join('x.safetensors');
});

describe('writeSafetensors', () => {
  it('writes the bytes of the reference implementation, whatever the order', async () => {
    const reference = fileURLToPath(new URL('../../fixtures/written.safetensors', import.meta.url));
    const { tensors, metadata } = await readSafetensors(reference);
    const sha256 = await writeSafetensors(path, new Map([...tensors].reverse()), metadata);
    const bytes = await readFile(path);
    expect(bytes.equals(await readFile(reference))).toBe(true);
    expect(sha256).toBe(sha256Hex(bytes));
  });

  it('writes parts of larger buffers', async () => {
    const all = Float32Array.of(1, 2, 3, 4);
    const part: StoredTensor = { dtype: 'float32', shape: [2], data: all.subarray(1, 3) };
    await writeSafetensors(path, new Map([['part', part]]));
    expect([...(await readSafetensors(path)).tensors.get('part')!.data]).toEqual([2, 3]);
  });

  it('keeps names that JavaScript knows otherwise', async () => {
    const one: StoredTensor = { dtype: 'int32', shape: [], data: Int32Array.of(1) };
    const names = ['10', '9', '\u0000', '__proto__', 'a/b', '😀'].sort();
    await writeSafetensors(path, new Map(names.map((name) => [name, one])));
    expect([...(await readSafetensors(path)).tensors.keys()]).toEqual(names);
  });

  it('writes no tensors', async () => {
    await writeSafetensors(path, new Map(), { of: 'nothing' });
    expect(await readSafetensors(path)).toEqual({ tensors: new Map(), metadata: { of: 'nothing' } });
  });

  it('refuses data that does not fit its shape, before it writes', async () => {
    const tensors = new Map([['w', { dtype: 'float32' as const, shape: [2, 3], data: new Float32Array(5) }]]);
    await expect(writeSafetensors(path, tensors)).rejects.toThrow(
      "writeSafetensors: expected 6 values for tensor 'w' of shape [2, 3], but got 5.",
    );
    expect(await readdir(folder.path)).toEqual([]);
  });

  it('refuses the name that the format keeps', async () => {
    const tensors = new Map([
      ['__metadata__', { dtype: 'bool' as const, shape: [], data: Uint8Array.of(1) }],
    ]);
    await expect(writeSafetensors(path, tensors)).rejects.toThrow(
      "writeSafetensors: expected tensors by other names than '__metadata__', which the format keeps.",
    );
  });
});
