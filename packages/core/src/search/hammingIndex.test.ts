import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BinaryCodes, bytesPerCode } from '../codes/binaryCodes.js';
import { concatCodes } from '../codes/concatCodes.js';
import { hammingDistance } from '../codes/hammingDistance.js';
import { randomCodes } from '../codes/randomCodes.js';
import { selectCodes } from '../codes/selectCodes.js';
import { Rng } from '../random/rng.js';
import { HammingIndex } from './hammingIndex.js';
import type { Matches } from './matches.js';

/** The matches of one query as [distance, id] pairs. */
function matchesOf({ starts, ids, distances }: Matches, query: number): [number, number][] {
  return Array.from({ length: starts[query + 1]! - starts[query]! }, (_, i) => [
    distances[starts[query]! + i]!,
    ids[starts[query]! + i]!,
  ]);
}

describe('HammingIndex', () => {
  it('keeps ids over adding and removing, as a list of codes would', async () => {
    const step = fc.oneof(
      fc.record({ add: fc.integer({ min: 0, max: 30 }) }),
      fc.record({ removeEach: fc.integer({ min: 2, max: 9 }) }),
    );
    const settings = fc.record({
      bits: fc.constantFrom(3, 8, 16, 40, 64, 100),
      kernels: fc.constantFrom('wasm' as const, 'plain' as const),
      steps: fc.array(step, { maxLength: 6 }),
      seed: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ bits, kernels, steps, seed }) => {
        const rng = new Rng(seed);
        const index = new HammingIndex(bits, { kernels });
        let added: BinaryCodes = randomCodes(0, bits, rng);
        let left: number[] = [];
        for (const change of steps) {
          if ('add' in change) {
            const codes = randomCodes(change.add, bits, rng);
            expect(index.add(codes)).toBe(added.count);
            left.push(...Array.from({ length: change.add }, (_, i) => added.count + i));
            added = concatCodes([added, codes]);
          } else {
            index.remove(left.filter((_, i) => i % change.removeEach === 0));
            left = left.filter((_, i) => i % change.removeEach !== 0);
          }
        }
        expect(index.count).toBe(left.length);
        expect(index.codes(left)).toEqual(selectCodes(added, left));
        const queries = randomCodes(2, bits, rng);
        const found = await index.search(queries, 7);
        for (const query of [0, 1]) {
          const expected = left.map((id) => [hammingDistance(queries, query, added, id), id] as const);
          expected.sort(([d, i], [e, j]) => d - e || i - j);
          expect(matchesOf(found, query)).toEqual(expected.slice(0, 7));
        }
      }),
      { numRuns: 25 },
    );
  });

  it('gives the same results with threads, without, and with or without kernels', async () => {
    const rng = new Rng(3);
    const database = randomCodes(40_000, 20, rng);
    const queries = randomCodes(110, 20, rng);
    const one = new HammingIndex(20);
    one.add(database);
    const expected = [await one.search(queries, 50), await one.searchWithin(queries, 2)];
    for (const kernels of ['wasm', 'plain'] as const) {
      const index = new HammingIndex(20, { threads: 2, kernels });
      index.add(
        selectCodes(
          database,
          Array.from({ length: 10_000 }, (_, i) => i),
        ),
      );
      const early = index.search(queries, 50);
      index.add(
        selectCodes(
          database,
          Array.from({ length: 30_000 }, (_, i) => 10_000 + i),
        ),
      );
      expect([...(await early).ids].every((id) => id < 10_000)).toBe(true);
      const found = await Promise.all([index.search(queries, 50), index.searchWithin(queries, 2)]);
      found.forEach(({ starts, ids, distances }, i) => {
        expect([...starts]).toEqual([...expected[i]!.starts]);
        expect([...ids]).toEqual([...expected[i]!.ids]);
        expect([...distances]).toEqual([...expected[i]!.distances]);
      });
      await index.close();
    }
  });

  it('fails searches under way when it is closed, and does not remove during one', async () => {
    const index = new HammingIndex(8, { threads: 1 });
    index.add(randomCodes(100_000, 8, new Rng(1)));
    const search = index.search(randomCodes(100, 8, new Rng(2)), 3);
    expect(() => index.remove([1])).toThrow(
      'HammingIndex.remove: a search is under way; wait for it to end.',
    );
    await index.close();
    await expect(search).rejects.toThrow('WorkerPool: the thread was stopped before it had answered.');
    index.remove([1]);
    expect(index.count).toBe(99_999);
  });

  it('finds nothing in an empty index, for no queries, or beyond the radius', async () => {
    const index = new HammingIndex(16);
    const nothing = { starts: Uint32Array.of(0, 0), ids: new Uint32Array(0), distances: new Uint16Array(0) };
    const query = { count: 1, bits: 16, data: Uint8Array.of(255, 255) };
    await expect(index.search(query, 5)).resolves.toEqual(nothing);
    index.add({ count: 1, bits: 16, data: Uint8Array.of(0, 0) });
    await expect(index.searchWithin(query, 15)).resolves.toEqual(nothing);
    await expect(index.searchWithin(query, 16)).resolves.toMatchObject({ distances: Uint16Array.of(16) });
    const none = { count: 0, bits: 16, data: new Uint8Array(0) };
    await expect(index.search(none, 5)).resolves.toEqual({ ...nothing, starts: Uint32Array.of(0) });
  });

  it('refuses what makes no sense', async () => {
    const index = new HammingIndex(16);
    const codes = randomCodes(3, 16, new Rng(1));
    index.add(codes);
    expect(() => new HammingIndex(0)).toThrow(
      'HammingIndex: expected bits to be an integer from 1 to 1024, but got 0.',
    );
    expect(() => new HammingIndex(8, { threads: 33 })).toThrow(
      'HammingIndex: expected threads to be an integer from 0 to 32, but got 33.',
    );
    expect(() => index.add(randomCodes(1, 17, new Rng(1)))).toThrow(
      'HammingIndex.add: expected codes of 16 bits, but got 17.',
    );
    expect(() => index.remove([0, 3])).toThrow('HammingIndex.remove: there is no code with id 3.');
    expect(() => index.codes([-1])).toThrow('HammingIndex.codes: there is no code with id -1.');
    expect(index.count).toBe(3);
    expect(() => index.search(codes, 0)).toThrow(
      'HammingIndex.search: expected k to be an integer of at least 1, but got 0.',
    );
    expect(() => index.searchWithin(codes, 1.5)).toThrow(
      'HammingIndex.searchWithin: expected radius to be an integer of at least 0, but got 1.5.',
    );
    await expect(index.search(randomCodes(1, 8, new Rng(1)), 1)).rejects.toThrow(
      'HammingIndex.search: expected codes of 16 bits, but got 8.',
    );
    const plain = new HammingIndex(1024, { kernels: 'plain' });
    expect(() => plain.add({ count: 2 ** 26, bits: 1024, data: { length: 2 ** 33 } as Uint8Array })).toThrow(
      'HammingIndex: expected at most 33554432 codes of 1024 bits, but got 67108864.',
    );
  });
});

describe('files of a HammingIndex', () => {
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'hamming-index-'));
    path = join(folder, 'codes.index');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
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
    expect(readdirSync(folder)).toEqual(['codes.index']);
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
    await expect(HammingIndex.load(join(folder, 'none'))).rejects.toThrow('ENOENT');
  });
});

describe('files of faiss', () => {
  const oracle = JSON.parse(readFileSync(new URL('../../fixtures/faiss.json', import.meta.url), 'utf8')) as {
    bits: number;
    flat: string;
    empty: string;
    hnsw: string;
    codes: string;
    queries: string;
    k: number;
    distances: number[][];
    radius: number;
    within: [number, number][][];
  };
  const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'base64'));
  const codes = (text: string): BinaryCodes => {
    const data = bytes(text);
    return { count: data.length / bytesPerCode(oracle.bits), bits: oracle.bits, data };
  };
  let folder: string;
  let path: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'faiss-'));
    path = join(folder, 'codes.faiss');
  });
  afterEach(() => {
    rmSync(folder, { recursive: true });
  });

  it('are read, and searched with what faiss finds', async () => {
    writeFileSync(path, bytes(oracle.flat));
    const index = await HammingIndex.loadFaiss(path);
    expect(index.codes(Array.from({ length: 200 }, (_, i) => i))).toEqual(codes(oracle.codes));
    const queries = codes(oracle.queries);
    const nearest = await index.search(queries, oracle.k);
    const within = await index.searchWithin(queries, oracle.radius);
    oracle.distances.forEach((distances, query) => {
      expect(matchesOf(nearest, query).map(([distance]) => distance)).toEqual(distances);
      expect(matchesOf(within, query)).toEqual(oracle.within[query]);
    });
  });

  it('are written to the byte as faiss writes them', async () => {
    const index = new HammingIndex(oracle.bits);
    index.add(codes(oracle.codes));
    await index.saveFaiss(path);
    expect(readFileSync(path).equals(Buffer.from(oracle.flat, 'base64'))).toBe(true);
    await new HammingIndex(64).saveFaiss(path);
    expect(readFileSync(path).equals(Buffer.from(oracle.empty, 'base64'))).toBe(true);
    index.remove([7]);
    await expect(index.saveFaiss(path)).rejects.toThrow(
      'HammingIndex.saveFaiss: codes were removed, and faiss numbers the others anew; add them to a new index first.',
    );
  });

  it('are refused when of another kind, truncated or inconsistent', async () => {
    const refused = (content: Uint8Array) => {
      writeFileSync(path, content);
      return expect(HammingIndex.loadFaiss(path)).rejects;
    };
    const start = `HammingIndex.loadFaiss: ${path}: `;
    const flat = bytes(oracle.flat);
    await refused(bytes(oracle.hnsw)).toThrow(
      `${start}expected a faiss IndexBinaryFlat, which begins with "IBxF", but got "IBHf".`,
    );
    await refused(flat.subarray(0, 30)).toThrow(
      `${start}expected a header of 33 bytes, but the file has 30.`,
    );
    await refused(flat.subarray(0, 1232)).toThrow(
      `${start}expected 1233 bytes for 200 codes of 48 bits, but the file has 1232.`,
    );
    await refused(flat.map((byte, i) => (i === 4 ? 49 : byte))).toThrow(
      `${start}expected codes of 8 to 1024 bits in whole bytes, but bytes 4 to 11 say 49 bits in 6 bytes.`,
    );
    await expect(HammingIndex.loadFaiss(join(folder, 'none'))).rejects.toThrow('ENOENT');
  });
});
