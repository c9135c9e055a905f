import { describe, expect, it } from '@jest/globals';
import { minimalAssignment } from './minimalAssignment.js';
import { dnphVectors } from './vectors.testing.js';

const sorted = (columns: Uint32Array) => [...columns].sort((a, b) => a - b);

describe('minimalAssignment', () => {
  it.each(dnphVectors.assignments.map(({ costs, least }) => [costs.length, costs, least] as const))(
    'finds the least sum for %d rows, as SciPy does',
    (n, costs, least) => {
      const columns = minimalAssignment(Float64Array.from(costs.flat()), n);
      expect(sorted(columns)).toEqual([...costs.keys()]);
      expect(costs.reduce((sum, row, i) => sum + row[columns[i]!]!, 0)).toBe(least);
    },
  );

  it('does not take the cheapest columns row by row', () => {
    expect([...minimalAssignment(Float64Array.of(1, 2, 1, 9), 2)]).toEqual([1, 0]);
  });

  it('takes costs below 0, equal ones, and none at all', () => {
    expect([...minimalAssignment(Float64Array.of(-1, -5, -2, -1), 2)]).toEqual([1, 0]);
    expect(sorted(minimalAssignment(new Float64Array(9), 3))).toEqual([0, 1, 2]);
    expect([...minimalAssignment(new Float64Array(0), 0)]).toEqual([]);
  });
});
