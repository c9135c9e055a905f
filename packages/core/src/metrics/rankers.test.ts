import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hammingDistance } from '../codes/hammingDistance.js';
import { labelsFromMultiHot } from '../codes/labelsFromMultiHot.js';
import { randomCodes } from '../codes/randomCodes.js';
import { sharesLabel } from '../codes/sharesLabel.js';
import { Rng } from '../random/rng.js';
import { PlainRanker } from './plainRanker.js';
import { makeRankMemory } from './rankMemory.js';
import { countsBefore, deepestDistance } from './ranking.js';
import type { RetrievalData } from './retrievalRequest.js';
import { WasmRanker } from './wasmRanker.js';

function randomData(bits: number, classes: number, queries: number, size: number, rng: Rng): RetrievalData {
  const labels = (count: number) =>
    labelsFromMultiHot(
      Array.from({ length: count * classes }, () => (rng.chance(1 / (1 + classes / 2)) ? 1 : 0)),
      count,
      classes,
    );
  return {
    queryCodes: randomCodes(queries, bits, rng),
    databaseCodes: randomCodes(size, bits, rng),
    queryLabels: labels(queries),
    databaseLabels: labels(size),
  };
}

/** Ranks by sorting. */
function literal(
  { queryCodes, databaseCodes, queryLabels, databaseLabels }: RetrievalData,
  query: number,
  depth: number,
) {
  const distances = Array.from({ length: databaseCodes.count }, (_, item) =>
    hammingDistance(queryCodes, query, databaseCodes, item),
  );
  const relevant = distances.map((_, item) => sharesLabel(queryLabels, query, databaseLabels, item));
  const order = distances.map((_, item) => item).sort((i, j) => distances[i]! - distances[j]! || i - j);
  const count = (wanted: (item: number) => boolean) =>
    Array.from(
      { length: databaseCodes.bits + 1 },
      (_, distance) => order.filter((item) => distances[item] === distance && wanted(item)).length,
    );
  const last = depth === 0 ? -1 : distances[order[Math.min(depth, order.length) - 1]!]!;
  return {
    size: order.length,
    relevant: relevant.filter(Boolean).length,
    items: count(() => true),
    hits: count((item) => relevant[item]!),
    // Down to the end of the group of ties that the depth lies in.
    hitRanks: order.flatMap((item, i) => (relevant[item] && distances[item]! <= last ? [i + 1] : [])),
  };
}

describe('PlainRanker and WasmRanker', () => {
  it('rank as sorting does, for any sizes, lengths, classes and depths', () => {
    const sizes = fc.record({
      bits: fc.oneof(
        fc.constantFrom(1, 8, 16, 32, 64, 65),
        fc.integer({ min: 1, max: 140 }),
        fc.integer({ min: 1, max: 1024 }),
      ),
      classes: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constantFrom(31, 32, 33, 80)),
      size: fc.oneof(fc.integer({ min: 1, max: 40 }), fc.constantFrom(63, 64, 65, 128, 129, 200)),
      depth: fc.integer({ min: 0, max: 210 }),
      seed: fc.integer(),
    });
    fc.assert(
      fc.property(sizes, ({ bits, classes, size, depth, seed }) => {
        const data = randomData(bits, classes, 2, size, new Rng(seed));
        const rankers = [
          new PlainRanker(makeRankMemory(data, 0, false)),
          new WasmRanker(makeRankMemory(data, 1, true), 0),
        ];
        for (const ranker of rankers) {
          for (const query of [1, 0]) {
            const { items, hits, hitRanks, ...numbers } = ranker.rank(query, depth);
            const lists = { items: [...items], hits: [...hits], hitRanks: [...hitRanks] };
            expect({ ...numbers, ...lists }).toEqual(literal(data, query, depth));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  it('work side by side in one memory', () => {
    const data = randomData(32, 4, 6, 150, new Rng(1));
    const memory = makeRankMemory(data, 3, true);
    const rankers = [0, 1, 2].map((place) => new WasmRanker(memory, place));
    const rankings = rankers.map((ranker, query) => ranker.rank(query, 150));
    rankings.forEach(({ hitRanks }, query) => {
      expect([...hitRanks]).toEqual(literal(data, query, 150).hitRanks);
    });
  });
});

describe('countsBefore and deepestDistance', () => {
  it('count what is nearer, and find who is last', () => {
    const items = Uint32Array.of(0, 3, 0, 2);
    expect(countsBefore(items)).toEqual(Uint32Array.of(0, 0, 3, 3, 5));
    expect([0, 1, 3, 4, 5, 9].map((depth) => deepestDistance(items, depth))).toEqual([-1, 1, 1, 3, 3, 3]);
  });
});
