import { expect, it } from '@jest/globals';
import { LpBox } from './lpBox.js';
import { vectors } from './vectors.testing.js';

it.each(vectors.lpBox)(
  'steps as the oracle from duals $y3',
  ({ word, others, minDistance, rho, y1, y2, y3, steps }) => {
    const [b1, b2, b3] = [y1, y2, y3].map((values) => Float64Array.from(values)) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    const rows = Float64Array.from(others.flat());
    const box = new LpBox(Float64Array.from(word), rows, word.length - 2 * minDistance, {
      y1: b1,
      y2: b2,
      y3: b3,
    });
    for (const { inRange, ...expected } of steps) {
      expect(box.step(rho)).toBe(inRange);
      const actual = { x: box.x, z1: box.z1, z2: box.z2, z3: box.z3, ...box.duals };
      for (const name of Object.keys(expected) as (keyof typeof expected)[]) {
        expected[name].forEach((value, at) => expect(actual[name][at]).toBeCloseTo(value, 9));
      }
    }
    const { x, z1, z2, z3 } = steps.at(-1)!;
    const slips = others.map((row, j) => row.reduce((sum, b, k) => sum + b * x[k]!, z3[j]! - 2));
    const residuals = [
      ...x.map((value, k) => value - z1[k]!),
      ...x.map((value, k) => value - z2[k]!),
      ...slips,
    ];
    expect(box.residual()).toBeCloseTo(Math.max(...residuals.map(Math.abs)), 9);
  },
);
