import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { oracle } from './itq.testing.js';
import { largestEigenvectors } from './largestEigenvectors.js';
import { matMul, matMulTransposed, transpose } from './matrix.js';
import { dot, identity, rowsOf } from './rows.js';

function expectClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance = 1e-9): void {
  expect(actual).toHaveLength(expected.length);
  const gaps = Array.from(expected, (x, i) => Math.abs(actual[i]! - x));
  expect(Math.max(...gaps)).toBeLessThan(tolerance);
}

/** Eigenvectors have no sign of their own. */
function expectSameDirections(vectors: Float64Array, n: number, expected: readonly number[][]): void {
  rowsOf(vectors, n).forEach((vector, i) => {
    const other = Float64Array.from(expected[i]!);
    const sign = Math.sign(dot(vector, other));
    expectClose(
      vector,
      other.map((x) => sign * x),
    );
  });
}

/** Fall slowly with the distance, [n, n]. */
function correlations(n: number): Float64Array {
  return Float64Array.from({ length: n * n }, (_, at) => 0.9 ** Math.abs(Math.floor(at / n) - (at % n)));
}

/** A matrix on the diagonal several times, [copies n, copies n]: each eigenvalue is there so often. */
function repeated(matrix: Float64Array, n: number, copies: number): Float64Array {
  const wide = copies * n;
  return Float64Array.from({ length: wide * wide }, (_, at) => {
    const [i, j] = [Math.floor(at / wide), at % wide];
    return i % copies === j % copies ? matrix[Math.floor(i / copies) * n + Math.floor(j / copies)]! : 0;
  });
}

/** How far vectors are from orthonormal eigenvectors of the values. */
function expectEigenvectors(
  matrix: Float64Array,
  n: number,
  { vectors, values }: ReturnType<typeof largestEigenvectors>,
): void {
  const count = values.length;
  const columns = transpose(vectors, count, n);
  expectClose(matMulTransposed(columns, columns, { rows: count, inner: n, columns: count }), identity(count), 1e-12); // prettier-ignore
  const rows = rowsOf(vectors, n);
  const images = matMul(vectors, matrix, { rows: count, inner: n, columns: n });
  rowsOf(images, n).forEach((image, i) => {
    expectClose(
      image,
      rows[i]!.map((x) => values[i]! * x),
    );
  });
}

describe('largestEigenvectors', () => {
  it.each([1, 2, 4])("are NumPy's of a covariance: %i", (count) => {
    const matrix = Float64Array.from(oracle.covariance.flat());
    const { vectors, values } = largestEigenvectors(matrix, 7, count, new Rng(1));
    expectClose(values, oracle.variances.slice(0, count), 1e-12);
    expectSameDirections(vectors, 7, oracle.directions);
  });

  it("are NumPy's where the space that is searched is a part of the whole", () => {
    const { n, values, vectors } = oracle.slow;
    const found = largestEigenvectors(correlations(n), n, values.length, new Rng(1));
    expectClose(found.values, values);
    expectSameDirections(found.vectors, n, vectors);
  });

  it('tells equal eigenvalues apart', () => {
    const { values } = oracle.slow;
    const [n, copies] = [oracle.slow.n, 2];
    const matrix = repeated(correlations(n), n, copies);
    const found = largestEigenvectors(matrix, copies * n, 5, new Rng(2));
    const expected = [0, 0, 1, 1, 2].map((i) => values[i]!);
    expectClose(found.values, expected);
    expectEigenvectors(matrix, copies * n, found);
  });

  it.each([
    ['nothing', 100, 0],
    ['one direction', 100, 1],
    ['fewer directions than are asked for', 100, 3],
    ['as many directions as a block and one', 100, 17],
  ])('takes a matrix that holds %s', (_, n, rank) => {
    const matrix = new Float64Array(n * n);
    for (let i = 0; i < rank; i++) matrix[i * n + i] = 1 + i;
    const found = largestEigenvectors(matrix, n, 5, new Rng(3));
    const expected = [0, 1, 2, 3, 4].map((i) => Math.max(0, rank - i));
    expectClose(found.values, expected, 1e-12);
    expectEigenvectors(matrix, n, found);
  });

  it('finds all there are', () => {
    const found = largestEigenvectors(correlations(80), 80, 80, new Rng(4));
    expectEigenvectors(correlations(80), 80, found);
    expect([...found.values]).toEqual([...found.values].sort((a, b) => b - a));
  });

  it('finds those of a space that is hardly larger than what is searched', () => {
    const found = largestEigenvectors(correlations(83), 83, 5, new Rng(4));
    expectEigenvectors(correlations(83), 83, found);
  });
});
