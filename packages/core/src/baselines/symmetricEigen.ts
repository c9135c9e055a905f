import { dot, identity, rowsOf } from './rows.js';

/** M = Σᵢ λᵢ vᵢ vᵢᵀ, the largest λ first. */
export interface SymmetricEigen {
  /** λ, [n]. */
  readonly values: Float64Array;
  /** Rows vᵢ, [n, n], orthonormal. */
  readonly vectors: Float64Array;
}

/** Turns after which one eigenvalue has long converged; it takes two or three. */
const MAX_TURNS = 60;

/**
 * Eigenvalues and eigenvectors of a symmetric matrix of a few hundred rows, by Householder's reflections to three
 * diagonals and QL turns with implicit shifts: O(n³).
 *
 * @param matrix  M, [n, n], finite
 * @see Golub & Van Loan, Matrix Computations, 4th edition, 8.3
 */
export function symmetricEigen(matrix: Float64Array, n: number): SymmetricEigen {
  const { diagonal, beside, reflections } = tridiagonalise(Float64Array.from(matrix), n);
  const rows = rowsOf(identity(n), n);
  for (let l = 0; l < n; l++) settle(l, diagonal, beside, rows);
  // Of the three diagonals to those of the matrix: the last reflection first.
  for (const { from, axis } of reflections.reverse()) {
    for (const row of rows) reflect(row.subarray(from), axis);
  }
  const order = Array.from(diagonal, (_, i) => i).sort((i, j) => diagonal[j]! - diagonal[i]! || i - j);
  const vectors = new Float64Array(n * n);
  order.forEach((from, to) => vectors.set(rows[from]!, to * n));
  return { values: Float64Array.from(order, (i) => diagonal[i]!), vectors };
}

/** I - 2 a aᵀ on the numbers from a place on. */
interface Reflection {
  readonly from: number;
  /** a, of length 1. */
  readonly axis: Float64Array;
}

interface Tridiagonal {
  readonly diagonal: Float64Array;
  /** Number i lies between the diagonal's i and i + 1; the last is 0. */
  readonly beside: Float64Array;
  readonly reflections: Reflection[];
}

/** Overwrites the matrix. */
function tridiagonalise(matrix: Float64Array, n: number): Tridiagonal {
  const rows = rowsOf(matrix, n);
  const [diagonal, beside] = [new Float64Array(n), new Float64Array(n)];
  const reflections: Reflection[] = [];
  rows.forEach((row, k) => {
    diagonal[k] = row[k]!;
    const from = k + 1;
    const rest = row.subarray(from);
    const length = Math.sqrt(dot(rest, rest));
    if (from === n || length === 0) return;
    beside[k] = rest[0]! > 0 ? -length : length;
    const axis = Float64Array.from(rest);
    axis[0]! -= beside[k];
    const scale = Math.sqrt(dot(axis, axis));
    axis.forEach((x, i) => (axis[i] = x / scale));
    reflectBothSides(
      rows.slice(from).map((other) => other.subarray(from)),
      axis,
    );
    reflections.push({ from, axis });
  });
  return { diagonal, beside, reflections };
}

/** M becomes H M H, with H = I - 2 a aᵀ. */
function reflectBothSides(rows: readonly Float64Array[], axis: Float64Array): void {
  const product = Float64Array.from(rows, (row) => 2 * dot(row, axis));
  const along = dot(product, axis);
  const other = product.map((x, i) => x - along * axis[i]!);
  rows.forEach((row, i) => {
    const [a, b] = [axis[i]!, other[i]!];
    for (let j = 0; j < row.length; j++) row[j]! -= a * other[j]! + b * axis[j]!;
  });
}

function reflect(vector: Float64Array, axis: Float64Array): void {
  const along = 2 * dot(vector, axis);
  for (let i = 0; i < vector.length; i++) vector[i]! -= along * axis[i]!;
}

/** Turns planes until number l of the diagonal is an eigenvalue and has nothing beside it. */
function settle(
  l: number,
  diagonal: Float64Array,
  beside: Float64Array,
  rows: readonly Float64Array[],
): void {
  for (let turns = 0; turns < MAX_TURNS; turns++) {
    const end = endOfBlock(l, diagonal, beside);
    if (end === l) return;
    turnBlock(l, end, diagonal, beside, rows);
  }
}

/** The first place from l on that is not tied to the next. */
function endOfBlock(l: number, diagonal: Float64Array, beside: Float64Array): number {
  let end = l;
  while (end < diagonal.length - 1) {
    const around = Math.abs(diagonal[end]!) + Math.abs(diagonal[end + 1]!);
    if (Math.abs(beside[end]!) <= Number.EPSILON * around) break;
    end++;
  }
  return end;
}

/** One QL turn of the places l to end: rotations from the end up chase what the shift stirs up. */
function turnBlock(
  l: number,
  end: number,
  diagonal: Float64Array,
  beside: Float64Array,
  rows: readonly Float64Array[],
): void {
  let [sin, cos, shift] = [1, 1, 0];
  let pivot = diagonal[end]! - eigenvalueNear(l, diagonal, beside);
  for (let i = end - 1; i >= l; i--) {
    const [bulge, next] = [sin * beside[i]!, cos * beside[i]!];
    const length = Math.hypot(bulge, pivot);
    beside[i + 1] = length;
    if (length === 0) {
      diagonal[i + 1]! -= shift;
      beside[end] = 0;
      return;
    }
    [sin, cos] = [bulge / length, pivot / length];
    const lower = diagonal[i + 1]! - shift;
    const mixed = (diagonal[i]! - lower) * sin + 2 * cos * next;
    shift = sin * mixed;
    diagonal[i + 1] = lower + shift;
    pivot = cos * mixed - next;
    rotate(rows[i]!, rows[i + 1]!, cos, sin);
  }
  diagonal[l]! -= shift;
  beside[l] = pivot;
  beside[end] = 0;
}

/** Wilkinson's shift: that eigenvalue of the block of two at l which is nearer to the first. */
function eigenvalueNear(l: number, diagonal: Float64Array, beside: Float64Array): number {
  const half = (diagonal[l + 1]! - diagonal[l]!) / (2 * beside[l]!);
  return diagonal[l]! - beside[l]! / (half + (half < 0 ? -1 : 1) * Math.hypot(half, 1));
}

function rotate(x: Float64Array, y: Float64Array, cos: number, sin: number): void {
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i]!, y[i]!];
    x[i] = cos * a - sin * b;
    y[i] = sin * a + cos * b;
  }
}
