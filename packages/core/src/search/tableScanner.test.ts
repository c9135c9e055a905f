import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { BinaryCodes } from '../codes/binaryCodes.js';
import { randomCodes } from '../codes/randomCodes.js';
import { Rng } from '../random/rng.js';
import { clusteredCodes } from './clusteredCodes.testing.js';
import { CodeMemory, storedCodes } from './codeMemory.js';
import { bitsAt, emptyTable, fillTable, type HashTables } from './hashTables.js';
import { matchesOf } from './matches.js';
import { PlainScanner } from './plainScanner.js';
import { scanTime } from './searchTime.js';
import { layOutTables, measureRun } from './tablePlan.js';
import { TableScanner } from './tableScanner.js';

function memoryOf(codes: BinaryCodes): CodeMemory {
  const memory = CodeMemory.create(codes.bits, 0);
  memory.reserve(codes.count);
  memory.write(0, codes);
  return memory;
}

function tablesOf(memory: CodeMemory, count: number): HashTables {
  const runs = layOutTables(memory.bits, count, Infinity);
  const tables = runs.map((run) => emptyTable(measureRun(memory, count, run), count));
  for (const table of tables) fillTable(memory, table);
  return { count, tables };
}

describe('TableScanner', () => {
  it('finds what a scan finds, for any sizes, lengths and numbers of tables', () => {
    const requests = fc.record({
      bits: fc.oneof(fc.integer({ min: 17, max: 100 }), fc.integer({ min: 17, max: 260 })),
      count: fc.integer({ min: 1, max: 300 }),
      // All tables, or some, so that bits are left out.
      share: fc.constantFrom(1, 0.7, 0.4),
      k: fc.oneof(fc.integer({ min: 1, max: 10 }), fc.constant(Infinity)),
      radius: fc.integer({ min: 0, max: 8 }),
      flips: fc.integer({ min: 0, max: 3 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(requests, ({ bits, count, share, k, radius, flips, seed }) => {
        const memory = memoryOf(clusteredCodes(count, bits, flips, new Rng(seed)));
        const queries = storedCodes(clusteredCodes(3, bits, 1, new Rng(seed)));
        const { tables } = tablesOf(memory, count);
        const some = tables.slice(0, Math.ceil(share * tables.length));
        const scanner = new TableScanner(memory, { count, tables: some });
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
    const scanner = new TableScanner(memory, tablesOf(memory, 20_000));
    const budget = scanTime(20_000, 64, 1, true);
    const query = storedCodes(randomCodes(1, 64, new Rng(2)));
    expect(scanner.search(query, 10, 64, budget)).toBeNull();
    expect(scanner.search(query, 10, 2, budget)).toEqual(new Uint32Array(0));
    const known = storedCodes(memory.read(77, 78));
    expect(scanner.search(known, 1, 64, budget)).toEqual(Uint32Array.of(77, 0));
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
