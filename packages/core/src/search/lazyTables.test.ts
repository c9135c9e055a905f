import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BinaryCodes } from '../codes/binaryCodes.js';
import { randomCodes } from '../codes/randomCodes.js';
import { selectCodes } from '../codes/selectCodes.js';
import { Rng } from '../random/rng.js';
import { clusteredCodes } from './clusteredCodes.testing.js';
import { HammingIndex, type HammingIndexOptions } from './hammingIndex.js';

const USES = ['auto', 'never', 'always'] as const;

/** Every `step`-th code. */
function someOf(codes: BinaryCodes, step: number): BinaryCodes {
  return selectCodes(
    codes,
    Array.from({ length: Math.ceil(codes.count / step) }, (_, i) => i * step),
  );
}

/** Searches for one code after another. */
async function searchOneByOne(index: HammingIndex, queries: BinaryCodes): Promise<void> {
  for (let i = 0; i < queries.count; i++) await index.search(selectCodes(queries, [i]), 5);
}

function indexOf(codes: BinaryCodes, options?: HammingIndexOptions): HammingIndex {
  const index = new HammingIndex(codes.bits, options);
  index.add(codes);
  return index;
}

describe('the tables of a HammingIndex', () => {
  it('change no result, for any length, before and after codes are added and removed', async () => {
    const settings = fc.record({
      bits: fc.oneof(fc.integer({ min: 17, max: 70 }), fc.integer({ min: 17, max: 300 })),
      count: fc.integer({ min: 1, max: 200 }),
      flips: fc.integer({ min: 0, max: 3 }),
      k: fc.integer({ min: 1, max: 250 }),
      radius: fc.integer({ min: 0, max: 12 }),
      tableBytes: fc.constantFrom(0, 1e4, 1e9),
      seed: fc.integer(),
    });
    await fc.assert(
      fc.asyncProperty(settings, async ({ bits, count, flips, k, radius, tableBytes, seed }) => {
        const codes = clusteredCodes(count, bits, flips, new Rng(seed));
        const queries = someOf(codes, 7);
        const indexes = USES.map((tables) => indexOf(codes, { tables, tableBytes, kernels: 'plain' }));
        for (const change of [
          () => undefined,
          (index: HammingIndex) => index.add(queries),
          (index: HammingIndex) => index.remove([0]),
        ]) {
          const found = indexes.map(async (index) => {
            change(index);
            return [await index.search(queries, k), await index.searchWithin(queries, radius)];
          });
          const [auto, never, always] = await Promise.all(found);
          expect(auto).toEqual(never);
          expect(always).toEqual(never);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('change no result with threads, where some queries are given up', async () => {
    const database = clusteredCodes(100_000, 48, 1, new Rng(5));
    const queries = randomCodes(150, 48, new Rng(6));
    queries.data.set(someOf(database, 1200).data.subarray(0, 80 * 6));
    const plain = indexOf(database, { tables: 'never' });
    for (const threads of [0, 2]) {
      const index = indexOf(database, { threads, tables: 'always' });
      expect(await index.search(queries, 5)).toEqual(await plain.search(queries, 5));
      expect(await index.searchWithin(queries, 4)).toEqual(await plain.searchWithin(queries, 4));
      const { scanned, lookedUp, givenUp } = index.statistics.queries;
      expect(scanned).toBe(0);
      expect(lookedUp).toBeGreaterThan(70);
      expect(givenUp).toBeGreaterThan(30);
      await index.close();
    }
  });

  it('are made once searches have shown that they pay, and last until codes are added', async () => {
    const codes = clusteredCodes(20_000, 64, 3, new Rng(1));
    const index = indexOf(codes, { kernels: 'plain' });
    const queries = someOf(codes, 200);
    await searchOneByOne(index, queries);
    const { tables, queries: done, ...rest } = index.statistics;
    expect(rest).toEqual({ bits: 64, count: 20_000, bytes: expect.any(Number) });
    expect(tables).toEqual({
      use: 'auto',
      decision: 'look up: tables were made',
      planned: [16, 16, 16, 16],
      plannedBytes: 4 * (80_000 + 4 * 65_537),
      bits: [16, 16, 16, 16],
      bytes: 4 * (80_000 + 4 * 65_537),
    });
    expect(done.scanned).toBeGreaterThan(20);
    expect(done.scanned + done.lookedUp + done.givenUp).toBe(100);
    expect(done.lookedUp).toBeGreaterThan(40);
    index.add(queries);
    expect(index.statistics.tables).toMatchObject({
      decision: 'scan: searches took little so far',
      bits: [],
      bytes: 0,
    });
  });

  it('are not made where matches are far', async () => {
    const index = indexOf(randomCodes(20_000, 64, new Rng(1)), { kernels: 'plain' });
    await searchOneByOne(index, randomCodes(100, 64, new Rng(2)));
    const { tables, queries } = index.statistics;
    expect(queries).toEqual({ scanned: 100, lookedUp: 0, givenUp: 0 });
    expect(tables).toMatchObject({ bits: [], bytes: 0 });
    expect(tables.decision).toMatch(
      /^scan: tables would have saved -?0\.\d\d s of 0\.\d\d s, and take 0\.\d\d s to make$/,
    );
  });

  it('are not made where they are not wanted, have no room, or codes are short', async () => {
    const decisionOf = async (bits: number, options: HammingIndexOptions) => {
      const codes = clusteredCodes(1000, bits, 1, new Rng(1));
      const index = indexOf(codes, options);
      await index.search(codes, 1);
      expect(index.statistics.queries).toEqual({ scanned: 1000, lookedUp: 0, givenUp: 0 });
      return index.statistics.tables.decision;
    };
    expect(await decisionOf(64, { tables: 'never' })).toBe('scan: tables are not wanted');
    expect(await decisionOf(64, { tables: 'always', tableBytes: 5000 })).toBe(
      'scan: no table fits 5000 bytes',
    );
    expect(await decisionOf(16, { tables: 'always' })).toBe('scan: codes have fewer than 17 bits');
    expect(() => new HammingIndex(64, { tableBytes: -1 })).toThrow(
      'HammingIndex: expected tableBytes to be at least 0, but got -1.',
    );
  });
});
