import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { oracle } from './itq.testing.js';
import { matMul, matMulTransposed } from './matrix.js';
import { identity } from './rows.js';
import { svd } from './svd.js';

function expectClose(actual: Float64Array, expected: ArrayLike<number>, tolerance = 1e-12): void {
  expect(actual).toHaveLength(expected.length);
  expect(Math.max(...Array.from(actual, (x, i) => Math.abs(x - expected[i]!)))).toBeLessThan(tolerance);
}

/** Σ σ uᵢ wᵢᵀ, and how far U and W are from orthonormal. */
function putTogether({ values, left, right }: ReturnType<typeof svd>, n: number): Float64Array {
  const sizes = { rows: n, inner: n, columns: n };
  for (const rows of [left, right]) expectClose(matMulTransposed(rows, rows, sizes), identity(n));
  return matMulTransposed(
    left,
    right.map((x, at) => x * values[Math.floor(at / n)]!),
    sizes,
  );
}

describe('svd', () => {
  it("has NumPy's singular values, and vectors that make up the matrix", () => {
    const matrix = Float64Array.from(oracle.square.flat());
    const parts = svd(matrix, 6);
    expectClose(parts.values, oracle.singular_values);
    expectClose(putTogether(parts, 6), matrix);
  });

  it.each([
    ['zeros', new Float64Array(9)],
    ['rank 1', Float64Array.from([1, 2, 3, 2, 4, 6, -1, -2, -3])],
    ['equal values', identity(3)],
    ['tiny beside large', Float64Array.from([1e9, 0, 1, 0, 1e-9, 0, 0, 0, 1])],
  ])('takes a matrix with %s', (_, matrix) => {
    const parts = svd(matrix, 3);
    expectClose(putTogether(parts, 3), matrix, 1e-12 * Math.max(1, ...matrix));
    expect([...parts.values].sort((a, b) => b - a)).toEqual([...parts.values]);
  });

  it('is accurate at the size of long codes', () => {
    const rng = new Rng('svd');
    const matrix = Float64Array.from({ length: 64 * 64 }, () => rng.normal());
    expectClose(putTogether(svd(matrix, 64), 64), matrix);
  });

  it('leaves its argument alone', () => {
    const matrix = Float64Array.from([1, 2, 3, 4]);
    svd(matrix, 2);
    expect([...matrix]).toEqual([1, 2, 3, 4]);
    expect(matMul(matrix, identity(2), { rows: 2, inner: 2, columns: 2 })).toEqual(matrix);
  });
});
