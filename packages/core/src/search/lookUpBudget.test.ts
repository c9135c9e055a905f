import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bestBudget } from './lookUpBudget.js';

const reach = Float64Array.of(1, 2, 4, 8, 16);

describe('bestBudget', () => {
  it('goes as far as most queries need, and no further', () => {
    // Ten queries need 2 each, one needs 16; a scan takes 10. With a budget of 1.5 x 2 the one is given up after 3.
    const queries = Float64Array.of(0, 10, 0, 0, 1);
    const scans = queries.map((number) => 10 * number);
    expect(bestBudget(queries, scans, reach)).toEqual({ budget: 3, saved: 10 * (10 - 2) - 3 });
    // A scan of 100 makes it worth its while.
    const long = queries.map((number) => 100 * number);
    expect(bestBudget(queries, long, reach)).toEqual({ budget: 24, saved: 10 * 98 + 84 });
  });

  it('is nothing where looking up never pays', () => {
    const queries = Float64Array.of(1, 0, 0, 0, 50);
    expect(
      bestBudget(
        queries,
        queries.map((number) => 3 * number),
        reach,
      ),
    ).toEqual({ budget: 0, saved: 0 });
  });

  it('saves what the sum over queries says, and no other budget more', () => {
    const counts = fc.array(fc.nat(9), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(counts, fc.integer({ min: 1, max: 40 }), (numbers, scan) => {
        const queries = Float64Array.from(numbers);
        const saving = (budget: number) =>
          numbers.reduce(
            (sum, number, distance) =>
              sum + number * (1.5 * reach[distance]! <= budget ? scan - reach[distance]! : -budget),
            0,
          );
        const { budget, saved } = bestBudget(
          queries,
          queries.map((number) => scan * number),
          reach,
        );
        expect(saved).toBeCloseTo(saving(budget), 9);
        for (const time of reach) expect(saving(1.5 * time)).toBeLessThanOrEqual(saved + 1e-9);
      }),
    );
  });
});
