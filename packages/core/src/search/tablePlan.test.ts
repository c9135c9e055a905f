import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomCodes } from '../codes/randomCodes.js';
import { Rng } from '../random/rng.js';
import { CodeMemory } from './codeMemory.js';
import { tableBytes } from './hashTables.js';
import { layOutTables, measureRun } from './tablePlan.js';

describe('layOutTables', () => {
  it('makes about bits / log2(count) runs of at most 24 bits', () => {
    const bitsOf = (bits: number, count: number, bytes = Infinity) =>
      layOutTables(bits, count, bytes).map((run) => run.bits);
    expect(bitsOf(64, 1e5)).toEqual([16, 16, 16, 16]);
    expect(bitsOf(64, 1e7)).toEqual([21, 21, 22]);
    expect(bitsOf(128, 1e7)).toEqual([21, 21, 22, 21, 21, 22]);
    // Two runs of 32 bits are too long: the last 8 bits of each are left out.
    expect(layOutTables(64, 1e8, Infinity)).toEqual([
      { firstBit: 0, bits: 24 },
      { firstBit: 32, bits: 24 },
    ]);
    expect(bitsOf(64, 1e8, 2 ** 29)).toEqual([24]);
    expect(bitsOf(64, 1e8, 4e8)).toEqual([]);
    expect(bitsOf(17, 3)).toEqual([8, 9]);
    expect(bitsOf(16, 1e6)).toEqual([]);
  });

  it('keeps to disjoint runs within the code and within the memory', () => {
    const sizes = fc.record({
      bits: fc.integer({ min: 17, max: 1024 }),
      count: fc.integer({ min: 0, max: 1e9 }),
      bytes: fc.integer({ min: 0, max: 2 ** 33 }),
    });
    fc.assert(
      fc.property(sizes, ({ bits, count, bytes }) => {
        let end = 0;
        let taken = 0;
        for (const run of layOutTables(bits, count, bytes)) {
          expect(run.firstBit).toBeGreaterThanOrEqual(end);
          expect(run.bits).toBeGreaterThan(0);
          expect(run.bits).toBeLessThanOrEqual(24);
          end = run.firstBit + run.bits;
          taken += tableBytes(run.bits, count);
        }
        expect(end).toBeLessThanOrEqual(bits);
        expect(taken).toBeLessThanOrEqual(bytes);
      }),
    );
  });
});

describe('measureRun', () => {
  const memoryOf = (data: Uint8Array) => {
    const memory = CodeMemory.create(32, 0);
    memory.reserve(data.length / 4);
    memory.write(0, { count: data.length / 4, bits: 32, data });
    return memory;
  };

  it('counts the codes that differ in each number of bits', () => {
    // First bytes 0, 0, 1, 3: of the 12 ordered pairs 2, 6 and 4 differ in 0, 1 and 2 bits, and a code has 4 others.
    const memory = memoryOf(Uint8Array.from([0, 0, 1, 3].flatMap((first) => [first, 9, 9, 9])));
    const { near } = measureRun(memory, 4, { firstBit: 0, bits: 8 });
    [2 / 3, 2, 4 / 3].forEach((expected, flips) => expect(near[flips]).toBeCloseTo(expected, 12));
    expect(near.reduce((a, b) => a + b)).toBeCloseTo(4, 12);
  });

  it('comes near to the binomial distribution on random codes', () => {
    const { data, count } = randomCodes(20_000, 32, new Rng(1));
    const { near } = measureRun(memoryOf(data), count, { firstBit: 3, bits: 8 });
    [1, 8, 28, 56, 70, 56, 28, 8, 1].forEach((ways, flips) => {
      expect(Math.abs(near[flips]! / ((ways * count) / 256) - 1)).toBeLessThan(0.1);
    });
  });
});
