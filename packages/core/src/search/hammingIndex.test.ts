import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BinaryCodes } from '../codes/binaryCodes.js';
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

  it.each(['wasm', 'plain'] as const)(
    'gives the same results with threads and without, %s',
    async (kernels) => {
      const rng = new Rng(3);
      const database = randomCodes(40_000, 20, rng);
      const positions = Array.from({ length: database.count }, (_, i) => i);
      const [one, index] = [new HammingIndex(20), new HammingIndex(20, { threads: 2, kernels })];
      one.add(database);
      index.add(selectCodes(database, positions.slice(0, 10_000)));
      // Few queries share out the codes among threads, many share out the queries.
      const [few, many] = [randomCodes(110, 20, rng), randomCodes(515, 20, rng)];
      const early = index.search(few, 50);
      index.add(selectCodes(database, positions.slice(10_000)));
      expect([...(await early).ids].every((id) => id < 10_000)).toBe(true);
      for (const queries of [few, many]) {
        for (const [find, most] of [
          ['search', 50],
          ['searchWithin', 2],
        ] as const) {
          const [expected, found] = [await one[find](queries, most), await index[find](queries, most)];
          expect(found.starts).toEqual(expected.starts);
          expect(found.ids).toEqual(expected.ids);
          expect(found.distances).toEqual(expected.distances);
        }
      }
      await index.close();
    },
  );

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
