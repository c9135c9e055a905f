import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BinaryCodes } from '../codes/binaryCodes.js';
import { randomCodes } from '../codes/randomCodes.js';
import { selectCodes } from '../codes/selectCodes.js';
import { Rng } from '../random/rng.js';
import { CodeMemory, storedCodes } from './codeMemory.js';
import { bitsAt, buildHashTables } from './hashTables.js';
import { HammingIndex } from './hammingIndex.js';
import { matchesOf } from './matches.js';
import { PlainScanner } from './plainScanner.js';
import { TableScanner } from './tableScanner.js';

/** Copies of a few codes, each with some bits flipped. */
function clusteredCodes(count: number, bits: number, flips: number, rng: Rng): BinaryCodes {
  const centres = randomCodes(Math.ceil(count / 20), bits, rng);
  const codes = selectCodes(
    centres,
    Array.from({ length: count }, () => rng.int(centres.count)),
  );
  const width = codes.data.length / count;
  for (let i = 0; i < count * flips; i++) {
    const bit = rng.int(bits);
    codes.data[Math.floor(i / flips) * width + (bit >> 3)]! ^= 1 << (bit & 7);
  }
  return codes;
}

function memoryOf(codes: BinaryCodes): CodeMemory {
  const memory = CodeMemory.create(codes.bits, 0);
  memory.reserve(codes.count);
  memory.write(0, codes);
  return memory;
}

describe('TableScanner', () => {
  it('finds what a scan finds, for any sizes, lengths and numbers of tables', () => {
    const requests = fc.record({
      bits: fc.integer({ min: 17, max: 100 }),
      count: fc.integer({ min: 1, max: 300 }),
      k: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constant(Infinity)),
      radius: fc.integer({ min: 0, max: 8 }),
      flips: fc.integer({ min: 0, max: 3 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(requests, ({ bits, count, k, radius, flips, seed }) => {
        const memory = memoryOf(clusteredCodes(count, bits, flips, new Rng(seed)));
        const queries = storedCodes(clusteredCodes(3, bits, 1, new Rng(seed)));
        const scanner = new TableScanner(memory, buildHashTables(memory, count));
        const found = [0, 1, 2].map((query) => {
          const code = queries.subarray(query * memory.stride, (query + 1) * memory.stride);
          return scanner.search(code, k, radius, Infinity)!;
        });
        const expected = new PlainScanner(memory).scan({ queries, k, radius, from: 0, to: count });
        expect(matchesOf(found)).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('gives up where a flat scan is faster', () => {
    const memory = memoryOf(randomCodes(20_000, 64, new Rng(1)));
    const scanner = new TableScanner(memory, buildHashTables(memory, 20_000));
    const query = storedCodes(randomCodes(1, 64, new Rng(2)));
    expect(scanner.search(query, 10, 64)).toBeNull();
    expect(scanner.search(query, 10, 2)).toEqual(new Uint32Array(0));
    const known = storedCodes(memory.read(77, 78));
    expect(scanner.search(known, 1, 64)).toEqual(Uint32Array.of(77, 0));
  });
});

describe('HammingIndex.buildTables', () => {
  it('changes no result, with threads and without', async () => {
    const database = clusteredCodes(30_000, 48, 3, new Rng(5));
    const near = selectCodes(
      database,
      Array.from({ length: 90 }, (_, i) => 300 * i),
    );
    const queries = { count: 150, bits: 48, data: new Uint8Array(900) };
    queries.data.set(near.data);
    queries.data.set(randomCodes(60, 48, new Rng(6)).data, near.data.length);
    const plain = new HammingIndex(48);
    const tabled = [new HammingIndex(48), new HammingIndex(48, { threads: 2 })];
    plain.add(database);
    for (const index of tabled) {
      index.add(database);
      index.buildTables();
      for (const search of [
        (of: HammingIndex) => of.search(queries, 5),
        (of: HammingIndex) => of.searchWithin(queries, 4),
      ]) {
        const [found, expected] = [await search(index), await search(plain)];
        expect([...found.ids]).toEqual([...expected.ids]);
        expect([...found.distances]).toEqual([...expected.distances]);
        expect([...found.starts]).toEqual([...expected.starts]);
      }
      await index.close();
    }
  });

  it('lasts until codes are added or removed', async () => {
    const index = new HammingIndex(20);
    index.add(randomCodes(50, 20, new Rng(1)));
    index.buildTables();
    index.remove([3]);
    index.add(index.codes([7]));
    const { ids, distances } = await index.search(index.codes([7]), 2);
    expect([...ids]).toEqual([7, 50]);
    expect([...distances]).toEqual([0, 0]);
    index.buildTables();
    expect([...(await index.search(index.codes([7]), 2)).ids]).toEqual([7, 50]);
  });

  it('is for codes of more than 16 bits', () => {
    expect(() => new HammingIndex(16).buildTables()).toThrow(
      'HammingIndex.buildTables: expected codes of more than 16 bits, but they have 16.',
    );
  });
});

describe('bitsAt', () => {
  it('reads runs of bits within and across words', () => {
    const words = [0x89abcdef, 0x01234567];
    expect(bitsAt(words, 0, 0, 24)).toBe(0xabcdef);
    expect(bitsAt(words, 0, 12, 20)).toBe(0x89abc);
    expect(bitsAt(words, 0, 24, 24)).toBe(0x456789);
    expect(bitsAt(words, 1, 8, 24)).toBe(0x012345);
  });
});
