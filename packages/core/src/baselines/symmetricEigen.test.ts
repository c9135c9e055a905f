import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { oracle } from './itq.testing.js';
import { matMulTransposed } from './matrix.js';
import { identity } from './rows.js';
import { symmetricEigen } from './symmetricEigen.js';

function expectClose(actual: Float64Array, expected: ArrayLike<number>, tolerance = 1e-12): void {
  expect(actual).toHaveLength(expected.length);
  expect(Math.max(...Array.from(actual, (x, i) => Math.abs(x - expected[i]!)))).toBeLessThan(tolerance);
}

/** Σ λᵢ vᵢ vᵢᵀ, and how far the vectors are from orthonormal. */
function putTogether({ values, vectors }: ReturnType<typeof symmetricEigen>, n: number): Float64Array {
  const sizes = { rows: n, inner: n, columns: n };
  expectClose(matMulTransposed(vectors, vectors, sizes), identity(n));
  return matMulTransposed(
    vectors,
    vectors.map((x, at) => x * values[Math.floor(at / n)]!),
    sizes,
  );
}

function symmetric(n: number, next: () => number): Float64Array {
  const matrix = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) matrix[i * n + j] = matrix[j * n + i] = next();
  }
  return matrix;
}

describe('symmetricEigen', () => {
  it("has NumPy's eigenvalues, and vectors that make up the matrix", () => {
    const matrix = Float64Array.from(oracle.covariance.flat());
    const parts = symmetricEigen(matrix, 7);
    expectClose(parts.values.slice(0, 4), oracle.variances);
    expectClose(putTogether(parts, 7), matrix);
  });

  it.each([
    ['zeros', new Float64Array(9)],
    ['a diagonal', Float64Array.from([2, 0, 0, 0, -3, 0, 0, 0, 5])],
    ['rank 1', Float64Array.from([1, 2, -1, 2, 4, -2, -1, -2, 1])],
    ['equal values', identity(3)],
    ['only what lies beside the diagonal', Float64Array.from([0, 1, 0, 1, 0, 1, 0, 1, 0])],
    ['tiny beside large', Float64Array.from([1e9, 0, 1, 0, 1e-9, 0, 1, 0, 1])],
  ])('takes a matrix with %s', (_, matrix) => {
    const parts = symmetricEigen(matrix, 3);
    expectClose(putTogether(parts, 3), matrix, 1e-12 * Math.max(1, ...matrix));
    expect([...parts.values].sort((a, b) => b - a)).toEqual([...parts.values]);
  });

  it.each([1, 2, 100])('takes one of %i rows', (n) => {
    const rng = new Rng('symmetric');
    const matrix = symmetric(n, () => rng.normal());
    expectClose(putTogether(symmetricEigen(matrix, n), n), matrix);
  });

  it('leaves its argument alone', () => {
    const matrix = Float64Array.from([1, 2, 2, 4]);
    symmetricEigen(matrix, 2);
    expect([...matrix]).toEqual([1, 2, 2, 4]);
  });
});
