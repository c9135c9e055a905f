import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type ApDenominator, averagePrecision, type Cutoff } from './averagePrecision.js';
import { expectedAveragePrecision, harmonicNumbers } from './expectedAveragePrecision.js';
import { expectedFirstHitRank, expectedHitsInTop, firstHitRank, hitsInTop } from './hitsInTop.js';
import type { Ranking } from './ranking.js';
import { unimodalDistribution } from './unimodalDistribution.js';

/** Groups of items at equal distance; each item is relevant (1) or not (0). */
type Groups = readonly (readonly number[])[];

const DENOMINATORS: ApDenominator[] = ['hits', 'relevant', 'min(k, relevant)', 'first k relevant'];

function ranking(groups: Groups): Ranking {
  const order = groups.flat();
  const hitRanks = order.flatMap((relevant, i) => (relevant ? [i + 1] : []));
  return {
    size: order.length,
    relevant: hitRanks.length,
    items: Uint32Array.from(groups, (group) => group.length),
    hits: Uint32Array.from(groups, (group) => group.reduce((a, b) => a + b, 0)),
    hitRanks: Uint32Array.from(hitRanks),
  };
}

/** All ways to place the hits, each as likely as the others. */
function arrangements(places: number, hits: number): number[][] {
  if (places === 0) return [[]];
  return [
    ...(hits > 0 ? arrangements(places - 1, hits - 1).map((rest) => [1, ...rest]) : []),
    ...(hits < places ? arrangements(places - 1, hits).map((rest) => [0, ...rest]) : []),
  ];
}

/** Every order of the database in which only items at equal distance change places. */
function allOrders(groups: Groups): Groups[] {
  return groups.reduce<number[][][]>(
    (orders, group) => {
      const arranged = arrangements(group.length, group.filter((item) => item === 1).length);
      return orders.flatMap((order) => arranged.map((next) => [...order, next]));
    },
    [[]],
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((a, b) => a + b, 0) / values.length;
}

const smallGroups = fc.array(fc.array(fc.constantFrom(0, 1), { maxLength: 5 }), {
  minLength: 1,
  maxLength: 3,
});

describe('expectations over ties', () => {
  it('are the means over all orders', () => {
    fc.assert(
      fc.property(smallGroups, (groups) => {
        const tied = ranking(groups);
        const orders = allOrders(groups).map(ranking);
        const harmonic = harmonicNumbers(tied.size);
        const cutoffs: Cutoff[] = [...Array.from({ length: tied.size + 2 }, (_, i) => i + 1), 'all'];
        for (const k of cutoffs) {
          for (const denominator of DENOMINATORS) {
            const expected = mean(orders.map((order) => averagePrecision(order, k, denominator)));
            expect(expectedAveragePrecision(tied, k, denominator, harmonic)).toBeCloseTo(expected, 12);
          }
          if (k === 'all') continue;
          expect(expectedHitsInTop(tied, k)).toBeCloseTo(
            mean(orders.map((order) => hitsInTop(order, k))),
            12,
          );
        }
        expect(expectedFirstHitRank(tied)).toBeCloseTo(mean(orders.map(firstHitRank)), 12);
      }),
      { numRuns: 60 },
    );
  });

  it('are the values themselves where nothing is tied', () => {
    const untied = ranking([[1], [], [0], [0], [1], [1], [0]]);
    const harmonic = harmonicNumbers(10);
    for (const denominator of DENOMINATORS) {
      for (const k of [1, 2, 3, 4, 5, 6, 7, 'all'] as const) {
        const expected = averagePrecision(untied, k, denominator);
        expect(expectedAveragePrecision(untied, k, denominator, harmonic)).toBeCloseTo(expected, 14);
      }
    }
  });

  it('stay exact where a cut-off splits a group of 100,000', () => {
    // One group, one hit, evenly over 100,000 places: E[AP@k] = (1/n) Σ_{t <= k} 1/t.
    const lonely = {
      ...ranking([]),
      size: 1e5,
      relevant: 1,
      items: Uint32Array.of(1e5),
      hits: Uint32Array.of(1),
    };
    const harmonic = harmonicNumbers(1e5);
    for (const denominator of ['hits', 'relevant', 'min(k, relevant)'] as const) {
      expect(expectedAveragePrecision(lonely, 5000, denominator, harmonic)).toBeCloseTo(
        harmonic[5000]! / 1e5,
        15,
      );
    }
    // All but one are hits: the miss is below place k with probability 1 - k/n, and AP@k is 1; at place t <= k, the
    // t - 1 hits above it have precision 1, and hit j of those below has j/(j + 1), of k - 1 hits in all.
    const k = 1000;
    const n = 1e5;
    const crowd = { ...lonely, relevant: n - 1, hits: Uint32Array.of(n - 1) };
    let expected = 1 - k / n;
    for (let t = 1; t <= k; t++) {
      let sum = t - 1;
      for (let j = t; j < k; j++) sum += j / (j + 1);
      expected += sum / (k - 1) / n;
    }
    expect(expectedAveragePrecision(crowd, k, 'hits', harmonic)).toBeCloseTo(expected, 12);
    // The first k hits fill k places, or k + 1 with the miss at place t among them.
    expected = 1 - k / n;
    for (let t = 1; t <= k; t++) {
      let sum = t - 1;
      for (let j = t; j <= k; j++) sum += j / (j + 1);
      expected += sum / k / n;
    }
    expect(expectedAveragePrecision(crowd, k, 'first k relevant', harmonic)).toBeCloseTo(expected, 12);
  });
});

describe('averagePrecision', () => {
  const order = ranking([[0, 1, 1, 0, 1, 0, 0, 1]]); // hits at ranks 2, 3, 5, 8

  it('names what it divides by', () => {
    const firstThree = 1 / 2 + 2 / 3;
    expect(averagePrecision(order, 3, 'hits')).toBeCloseTo(firstThree / 2, 15);
    expect(averagePrecision(order, 3, 'relevant')).toBeCloseTo(firstThree / 4, 15);
    expect(averagePrecision(order, 3, 'min(k, relevant)')).toBeCloseTo(firstThree / 3, 15);
    expect(averagePrecision(order, 3, 'first k relevant')).toBeCloseTo((firstThree + 3 / 5) / 3, 15);
    expect(averagePrecision(order, 5, 'min(k, relevant)')).toBeCloseTo((firstThree + 3 / 5) / 4, 15);
  });

  it('is the same by all names over the whole database', () => {
    const whole = (1 / 2 + 2 / 3 + 3 / 5 + 4 / 8) / 4;
    for (const denominator of DENOMINATORS) {
      for (const k of ['all', 8, 9] as const)
        expect(averagePrecision(order, k, denominator)).toBeCloseTo(whole, 15);
    }
  });

  it('is 0 without a hit', () => {
    const none = ranking([[0, 0], [0]]);
    const late = ranking([[0, 0], [1]]);
    const harmonic = harmonicNumbers(3);
    for (const denominator of DENOMINATORS) {
      expect(averagePrecision(none, 'all', denominator)).toBe(0);
      expect(expectedAveragePrecision(none, 'all', denominator, harmonic)).toBe(0);
    }
    for (const denominator of DENOMINATORS.slice(0, 3)) {
      expect(averagePrecision(late, 2, denominator)).toBe(0);
      expect(expectedAveragePrecision(late, 2, denominator, harmonic)).toBe(0);
    }
  });
});

describe('unimodalDistribution', () => {
  it('is the binomial distribution for its ratios, without overflow', () => {
    const binomial = (n: number) => unimodalDistribution(0, n, (x) => (n - x) / (x + 1));
    [1, 4, 6, 4, 1].forEach((ways, x) => expect(binomial(4)[x]).toBeCloseTo(ways / 16, 15));
    const wide = binomial(100_000);
    expect(wide.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    // Stirling: the mode of n fair coins is sqrt(2 / (πn)) (1 - 1/(4n)).
    expect(wide[50_000]).toBeCloseTo(Math.sqrt(2 / (Math.PI * 1e5)) * (1 - 1 / 4e5), 12);
  });

  it('is certain of a single value', () => {
    expect(unimodalDistribution(3, 3, () => NaN)).toEqual(Float64Array.of(1));
  });
});
