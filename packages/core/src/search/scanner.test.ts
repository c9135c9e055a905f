import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { randomCodes } from '../codes/randomCodes.js';
import type { BinaryCodes } from '../codes/binaryCodes.js';
import { unpackCodes } from '../codes/unpackCodes.js';
import { Rng } from '../random/rng.js';
import { CodeMemory, storedCodes } from './codeMemory.js';
import { kernelsWork } from './kernelsWork.js';
import type { Matches } from './matches.js';
import { PlainScanner } from './plainScanner.js';
import type { Scan, Scanner } from './scanner.js';
import { WasmScanner } from './wasmScanner.js';

type Range = Omit<Scan, 'queries'>;

/** Sorts by distance, then position, and takes what is wanted. */
function literal(database: BinaryCodes, queries: BinaryCodes, { k, radius, from, to }: Range): Matches {
  const signs = [database, queries].map((codes) => unpackCodes(codes));
  const bits = database.bits;
  const distance = (query: number, id: number) => {
    let differences = 0;
    for (let bit = 0; bit < bits; bit++) {
      if (signs[0]![id * bits + bit] !== signs[1]![query * bits + bit]) differences += 1;
    }
    return differences;
  };
  const found = Array.from({ length: queries.count }, (_, query) =>
    Array.from({ length: to - from }, (_, i) => ({ id: from + i, distance: distance(query, from + i) }))
      .filter((match) => match.distance <= radius)
      .sort((a, b) => a.distance - b.distance || a.id - b.id)
      .slice(0, k),
  );
  let total = 0;
  return {
    starts: Uint32Array.of(0, ...found.map((list) => (total += list.length))),
    ids: Uint32Array.from(found.flat(), (match) => match.id),
    distances: Uint16Array.from(found.flat(), (match) => match.distance),
  };
}

/** Codes near a few centres: many ties and many matches at small distances. */
function clusteredCodes(count: number, bits: number, rng: Rng): BinaryCodes {
  const codes = randomCodes(count, bits, rng);
  const width = codes.data.length / count;
  const centres = randomCodes(3, bits, rng);
  for (let i = 0; i < codes.data.length; i++) {
    codes.data[i]! &= rng.int(256) & rng.int(256) & rng.int(256);
    codes.data[i]! ^= centres.data[(Math.floor(i / width) % 3) * width + (i % width)]!;
  }
  return codes;
}

/** What each of the scanners finds. */
function scanned(database: BinaryCodes, queries: BinaryCodes, range: Range): Matches[] {
  return [false, true].map((kernels) => {
    const memory = CodeMemory.create(database.bits, kernels ? 1 : 0);
    memory.reserve(database.count);
    memory.write(0, database);
    const scanner: Scanner = kernels ? new WasmScanner(memory, 0) : new PlainScanner(memory);
    return scanner.scan({ ...range, queries: storedCodes(queries) });
  });
}

describe('PlainScanner and WasmScanner', () => {
  const share = fc.double({ min: 0, max: 1, noNaN: true });
  const requests = fc.record({
    bits: fc.oneof(
      fc.constantFrom(1, 8, 9, 16, 32, 33, 64, 65, 128, 256),
      fc.integer({ min: 1, max: 150 }),
      fc.integer({ min: 1, max: 1024 }),
    ),
    count: fc.integer({ min: 1, max: 400 }),
    queryCount: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 24, max: 30 })),
    k: fc.oneof(fc.integer({ min: 1, max: 20 }), fc.integer({ min: 1, max: 500 }), fc.constant(Infinity)),
    radius: fc.oneof(fc.constant(1024), fc.integer({ min: 0, max: 80 })),
    part: fc.oneof(fc.constant<[number, number]>([0, 1]), fc.tuple(share, share)),
    seed: fc.integer(),
    clustered: fc.boolean(),
  });

  it('find what sorting finds, for any sizes, lengths, duplicates and ties', () => {
    fc.assert(
      fc.property(requests, ({ bits, count, queryCount, k, radius, part, seed, clustered }) => {
        const rng = new Rng(seed);
        const database = (clustered ? clusteredCodes : randomCodes)(count, bits, rng);
        const queries = clustered
          ? clusteredCodes(queryCount, bits, new Rng(seed))
          : randomCodes(queryCount, bits, rng);
        const [from, to] = part.map((x) => Math.floor(x * count)).sort((a, b) => a - b) as [number, number];
        const range = { k, radius, from, to };
        const expected = literal(database, queries, range);
        for (const found of scanned(database, queries, range)) expect(found).toEqual(expected);
      }),
      { numRuns: 40 },
    );
  });

  it('agree where matches come from far to near, and where they do not fit the room', () => {
    const rng = new Rng(1);
    const bits = 16;
    // Code i differs from all queries but a few bits in the first 16 - i / 400 bits.
    const falling = Array.from({ length: 6400 }, (_, i) => (0xffff << Math.floor(i / 400)) & 0xffff);
    const database = { count: 6400, bits, data: Uint8Array.from(falling.flatMap((x) => [x >> 8, x & 0xff])) };
    for (const [queryCount, k, radius] of [
      [3, 100, 16],
      [1024, 1, 16],
      [1024, Infinity, 16],
      [300, 5000, 9],
    ] as const) {
      const queries = randomCodes(queryCount, bits, rng);
      queries.data.forEach((byte, i) => (queries.data[i] = byte & rng.int(256) & rng.int(256)));
      const [plain, wasm] = scanned(database, queries, { k, radius, from: 0, to: 6400 });
      expect(wasm!.starts).toEqual(plain!.starts);
      expect(Buffer.from(wasm!.ids.buffer).equals(Buffer.from(plain!.ids.buffer))).toBe(true);
      expect(Buffer.from(wasm!.distances.buffer).equals(Buffer.from(plain!.distances.buffer))).toBe(true);
    }
  });

  it('take codes of 1024 bits', () => {
    const rng = new Rng(2);
    const database = clusteredCodes(300, 1024, rng);
    const queries = clusteredCodes(30, 1024, rng);
    const range = { k: 10, radius: 1024, from: 0, to: 300 };
    const expected = literal(database, queries, range);
    for (const found of scanned(database, queries, range)) expect(found).toEqual(expected);
  });
});

describe('kernelsWork', () => {
  it('says that they do, here', () => {
    expect(kernelsWork()).toBe(true);
  });
});
