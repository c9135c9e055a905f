import { describe, expect, it } from '@jest/globals';
import { CenterUpdates } from './centerUpdates.js';
import { centersOf, similarityOf, vectors } from './vectors.testing.js';

const CONSTANTS = { step: 0.5, proximity: 0.2, separation: 0.625, penalty: 1e-6, multiplier: 0.1 };
const traced = vectors.placed.filter(({ trace }) => trace !== undefined);

function expectValues(actual: Float64Array, expected: readonly number[], digits: number): void {
  expect(actual).toHaveLength(expected.length);
  expected.forEach((value, at) => expect(actual[at]).toBeCloseTo(value, digits));
}

describe('CenterUpdates', () => {
  it.each(traced)('goes through the first cycle as the oracle: $name', (oracle) => {
    const { similarity, start, minDistance, variant, trace } = oracle;
    const options = { minDistance, variant, ...CONSTANTS };
    const updates = new CenterUpdates(centersOf(start), similarityOf(similarity), options);
    updates.beginCycle();
    expectValues(updates.proxies, trace!.proxies.flat(), 9);
    expectValues(updates.slacks, trace!.slacks.flat(), 9);
    trace!.updates.forEach(({ class: i, gradient, push, changed }, at) => {
      expectValues(updates.constraintGradient(i), push, 10);
      expectValues(updates.gradient(i), gradient, 9);
      expect(updates.update(i)).toBe(changed);
      const isLast = variant === 'official' ? at >= 2 * start.length : at % 3 === 2;
      if (isLast) updates.raiseMultipliers(i);
    });
    expectValues(updates.multipliers, trace!.multipliers.flat(), 9);
    expect(updates.loss()).toBeCloseTo(oracle.losses[0]!, 9);
  });
});
