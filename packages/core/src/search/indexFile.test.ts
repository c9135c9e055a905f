import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { randomCodes } from '../codes/randomCodes.js';
import { selectCodes } from '../codes/selectCodes.js';
import { Rng } from '../random/rng.js';
import { temporaryFolder } from '../testing/temporaryFolder.js';
import { HammingIndex } from './hammingIndex.js';

describe('files of a HammingIndex', () => {
  const folder = temporaryFolder(beforeEach, afterEach);
  let path: string;
  beforeEach(() => {
    path = folder.join('codes.index');
  });

  it.each([1, 8, 12, 64, 200])('are read back, at %i bits, with and without removed ids', async (bits) => {
    const index = new HammingIndex(bits);
    for (const change of [
      () => index.add(randomCodes(70, bits, new Rng(1))),
      () => index.remove([0, 3, 4, 69]),
    ]) {
      change();
      await index.save(path);
      const loaded = await HammingIndex.load(path);
      const ids = Array.from({ length: 70 }, (_, id) => id).filter(
        (id) => index.count === 70 || ![0, 3, 4, 69].includes(id),
      );
      expect(loaded.codes(ids)).toEqual(index.codes(ids));
      expect(loaded.count).toBe(index.count);
      expect(loaded.add(randomCodes(1, bits, new Rng(2)))).toBe(70);
    }
    expect(readdirSync(folder.path)).toEqual(['codes.index']);
  });

  it('may be empty, and larger than what is read at a time', async () => {
    await new HammingIndex(24).save(path);
    expect(await HammingIndex.load(path)).toMatchObject({ bits: 24, count: 0 });
    const index = new HammingIndex(40);
    const codes = { count: 900_000, bits: 40, data: new Uint8Array(4_500_000).map((_, i) => i ^ (i >> 7)) };
    index.add(codes);
    await index.save(path);
    const loaded = await HammingIndex.load(path);
    expect(loaded.codes([0, 838_860, 838_861, 899_999])).toEqual(
      selectCodes(codes, [0, 838_860, 838_861, 899_999]),
    );
  });

  it('are written whole or not at all, with progress', async () => {
    const index = new HammingIndex(40);
    index.add({ count: 900_000, bits: 40, data: new Uint8Array(4_500_000) });
    const progress: number[][] = [];
    const onProgress = (done: number, total: number) => progress.push([done, total]);
    await index.save(path, { onProgress });
    expect(progress).toEqual([
      [838_861, 900_000],
      [900_000, 900_000],
    ]);
    const before = readFileSync(path);
    index.add(randomCodes(1, 40, new Rng(1)));
    const controller = new AbortController();
    const abort = () => controller.abort(new Error('enough'));
    for (const save of [
      () => index.save(path, { onProgress: abort, signal: controller.signal }),
      () => index.saveFaiss(path, { signal: controller.signal }),
    ])
      await expect(save()).rejects.toThrow('enough');
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(folder.path)).toEqual(['codes.index']);
  });

  it('are refused when foreign, truncated, too long or damaged', async () => {
    const index = new HammingIndex(64);
    index.add(randomCodes(10, 64, new Rng(1)));
    await index.save(path);
    const bytes = readFileSync(path);
    const refused = (content: Uint8Array) => {
      writeFileSync(path, content);
      return expect(HammingIndex.load(path)).rejects;
    };
    const start = `HammingIndex.load: ${path}: `;
    await refused(Buffer.from('PK\u0003\u0004 not an index')).toThrow(
      `${start}expected an index file, which begins with "HashIdx1", but got "PK\\u0003\\u0004 not".`,
    );
    await refused(Buffer.alloc(0)).toThrow(
      `${start}expected an index file, which begins with "HashIdx1", but got "".`,
    );
    await refused(bytes.subarray(0, 20)).toThrow(
      `${start}expected a header of 32 bytes, but the file has 20.`,
    );
    await refused(bytes.subarray(0, 100)).toThrow(
      `${start}expected 144 bytes for 10 codes of 64 bits, but the file has 100.`,
    );
    await refused(Buffer.concat([bytes, Buffer.of(0)])).toThrow(
      `${start}expected 144 bytes for 10 codes of 64 bits, but the file has 145.`,
    );
    for (const at of [40, 143]) {
      await refused(bytes.map((byte, i) => (i === at ? byte ^ 4 : byte))).toThrow(
        `${start}the file is damaged: its SHA-256 is `,
      );
    }
    await refused(bytes.map((byte, i) => (i === 8 ? 0 : byte))).toThrow(
      `${start}header: expected bits to be an integer from 1 to 1024, but got 0.`,
    );
    await expect(HammingIndex.load(folder.join('none'))).rejects.toThrow('ENOENT');
  });
});
