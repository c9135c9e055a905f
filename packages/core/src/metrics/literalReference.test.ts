import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { ApDenominator, Cutoff } from './averagePrecision.js';
import { close, packed, type Plain, values } from './plainRetrieval.testing.js';

/** Metrics in the most literal way: sort by distance, then by position, and loop. */
function literal(
  { queryCodes, databaseCodes, queryLabels, databaseLabels }: Plain,
  k: Cutoff,
  n: number,
): Record<string, number> {
  const sums: Record<string, number> = {};
  const add = (name: string, value: number) => (sums[name] = (sums[name] ?? 0) + value / queryCodes.length);
  queryCodes.forEach((query, q) => {
    const distance = (i: number) => query.filter((bit, b) => bit !== databaseCodes[i]![b]).length;
    const order = databaseCodes.map((_, i) => i).sort((i, j) => distance(i) - distance(j) || i - j);
    const relevant = order.map((i) =>
      queryLabels[q]!.some((label, c) => label === 1 && databaseLabels[i]![c] === 1),
    );
    const count = (list: boolean[]) => list.filter(Boolean).length;
    const top = k === 'all' ? relevant : relevant.slice(0, k);
    const precisions = (list: boolean[]) =>
      list.flatMap((hit, rank) => (hit ? [count(list.slice(0, rank + 1)) / (rank + 1)] : []));
    const sum = (list: number[]) => list.reduce((a, b) => a + b, 0);
    const over = (a: number, b: number) => (b === 0 ? 0 : a / b);
    add('hits', over(sum(precisions(top)), count(top)));
    add('relevant', over(sum(precisions(top)), count(relevant)));
    add(
      'min(k, relevant)',
      over(sum(precisions(top)), Math.min(k === 'all' ? Infinity : k, count(relevant))),
    );
    const firstK = precisions(relevant).slice(0, k === 'all' ? undefined : k);
    add('first k relevant', over(sum(firstK), firstK.length));
    add('precision', count(relevant.slice(0, n)) / Math.min(n, relevant.length));
    add('recall', over(count(relevant.slice(0, n)), count(relevant)));
    const near = order
      .map((i, rank) => [distance(i) <= n, relevant[rank]!] as const)
      .filter(([isNear]) => isNear);
    add('within', over(count(near.map(([, hit]) => hit)), near.length));
    add('firstHit', relevant.includes(true) ? relevant.indexOf(true) + 1 : relevant.length + 1);
  });
  return sums;
}

describe('evaluateRetrieval against a literal reference', () => {
  const row = (length: number, values: readonly number[]) =>
    fc.array(fc.constantFrom(...values), { minLength: length, maxLength: length });
  const rows = (count: number, length: number, values: readonly number[]) =>
    fc.array(row(length, values), { minLength: count, maxLength: count });
  const plain = fc
    .record({
      bits: fc.oneof(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 7, max: 80 })),
      classes: fc.oneof(fc.integer({ min: 1, max: 4 }), fc.constantFrom(32, 33, 65)),
      queries: fc.integer({ min: 1, max: 3 }),
      database: fc.integer({ min: 1, max: 12 }),
    })
    .chain(({ bits, classes, queries, database }) =>
      fc.record({
        queryCodes: rows(queries, bits, [-1, 1]),
        databaseCodes: rows(database, bits, [-1, 1]),
        queryLabels: rows(queries, classes, [0, 0, 0, 1]),
        databaseLabels: rows(database, classes, [0, 0, 1]),
      }),
    );

  it('agrees on all metrics, for any sizes, bits, classes and cut-offs', () => {
    const cutoff = fc.oneof(fc.constant('all' as const), fc.integer({ min: 1, max: 14 }));
    const denominators: ApDenominator[] = ['hits', 'relevant', 'min(k, relevant)', 'first k relevant'];
    fc.assert(
      fc.property(plain, cutoff, fc.integer({ min: 1, max: 14 }), (data, k, n) => {
        const expected = literal(data, k, n);
        const rules = { precisionAt: [n], recallAt: [n], precisionWithin: [n], firstHit: true };
        expect(values(packed(data), { mapAt: [k], denominators, ...rules })).toEqual({
          ...Object.fromEntries(
            denominators.map((name) => [`mAP@${k} (${name}, stable)`, close(expected[name]!)]),
          ),
          [`precision@${n} (stable)`]: close(expected['precision']!),
          [`recall@${n} (stable)`]: close(expected['recall']!),
          [`precision@H<=${n} (mean over queries)`]: close(expected['within']!),
          'first-hit rank (mean, stable)': close(expected['firstHit']!),
        });
      }),
    );
  });
});
