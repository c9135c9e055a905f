import type { Rng } from '../random/rng.js';
import { matMul, matMulOfRows } from './matrix.js';
import { dot, normalise, orthogonalise, rowsOf } from './rows.js';
import { symmetricEigen } from './symmetricEigen.js';

export interface Eigenvectors {
  /** In rows, [count, n], orthonormal; that of the largest eigenvalue first. */
  readonly vectors: Float64Array;
  /** [count], falling. */
  readonly values: Float64Array;
}

/** Vectors that the matrix is applied to at once. Of equal eigenvalues up to so many are told apart. */
const BLOCK = 16;
/** Times that the space is filled; it takes one to three, more only where hardly an eigenvalue stands out. */
const MAX_CYCLES = 100;
/** Residual of an eigenvector, as a share of the largest eigenvalue. */
const TOLERANCE = 1e-10;
/** Share of the largest image that counts as nothing: what is left of a vector that the space already holds. */
const NEGLIGIBLE = 1e-12;

/**
 * Eigenvectors of the largest eigenvalues of a symmetric matrix, by the block Lanczos method with full
 * orthogonalisation and thick restarts: O(n² count) for few of many.
 *
 * @param matrix  [n, n], finite
 * @param count   1 to n
 * @param rng     draws the start
 * @see Wu & Simon, SIAM J. Matrix Anal. Appl. 22(2), 2000, doi:10.1137/S0895479898334605
 */
export function largestEigenvectors(matrix: Float64Array, n: number, count: number, rng: Rng): Eigenvectors {
  const [enough, kept] = [3 * count + 4 * BLOCK, Math.min(n, count + BLOCK)];
  let space: Space = { basis: [], images: [] };
  let next = Array.from({ length: BLOCK }, () => randomRow(n, rng));
  for (let cycle = 1; ; cycle++) {
    while (space.basis.length < Math.min(n, enough)) next = extend(space, next, matrix, rng);
    const { values, ...ritz } = rayleighRitz(space, kept);
    if (space.basis.length === n || cycle === MAX_CYCLES || isSettled(ritz, values, count)) {
      return { vectors: flatten(ritz.basis.slice(0, count)), values: values.slice(0, count) };
    }
    // What the images of the last block have beyond the space is all that its best vectors lack.
    next = orthonormal(next, space.basis, rng);
    space = ritz;
  }
}

interface Space {
  /** Orthonormal rows. */
  readonly basis: Float64Array[];
  /** What the matrix makes of each. */
  readonly images: Float64Array[];
}

/** Adds to a space what some rows have beyond it. Returns their images, in which it goes on. */
function extend(space: Space, rows: readonly Float64Array[], matrix: Float64Array, rng: Rng): Float64Array[] {
  const added = orthonormal(rows, space.basis, rng);
  const n = rows[0]!.length;
  const images = rowsOf(matMul(flatten(added), matrix, { rows: added.length, inner: n, columns: n }), n);
  space.basis.push(...added);
  space.images.push(...images);
  return images;
}

/** Rows less what lies along a basis and along each other: Gram and Schmidt's, twice, which is as good as exact. */
function orthonormal(
  rows: readonly Float64Array[],
  basis: readonly Float64Array[],
  rng: Rng,
): Float64Array[] {
  const n = rows[0]!.length;
  const negligible = NEGLIGIBLE * Math.max(...rows.map(lengthOf));
  const once: Float64Array[] = [];
  for (let own of withoutBasis(rows.slice(0, n - basis.length), basis)) {
    orthogonalise(own, once);
    while (lengthOf(own) <= negligible) orthogonalise((own = randomRow(n, rng)), [...basis, ...once]);
    normalise(own);
    once.push(own);
  }
  const twice: Float64Array[] = [];
  for (const own of withoutBasis(once, basis)) {
    orthogonalise(own, twice);
    normalise(own);
    twice.push(own);
  }
  return twice;
}

/** New rows: some rows less what lies along orthonormal ones. */
function withoutBasis(rows: readonly Float64Array[], basis: readonly Float64Array[]): Float64Array[] {
  if (rows.length === 0 || basis.length === 0) return rows.map((row) => Float64Array.from(row));
  const n = rows[0]!.length;
  const [own, others] = [flatten(rows), flatten(basis)];
  const along = matMulOfRows(own, others, { rows: rows.length, inner: n, columns: basis.length });
  const parts = matMul(along, others, { rows: rows.length, inner: basis.length, columns: n });
  return rowsOf(
    own.map((x, at) => x - parts[at]!),
    n,
  );
}

/** The vectors in a space that come closest to eigenvectors, best first. */
function rayleighRitz({ basis, images }: Space, count: number): Space & { readonly values: Float64Array } {
  const [size, n] = [basis.length, basis[0]!.length];
  const inner = matMulOfRows(flatten(basis), flatten(images), { rows: size, inner: n, columns: size });
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < i; j++) inner[j * size + i] = inner[i * size + j]!;
  }
  const { values, vectors } = symmetricEigen(inner, size);
  const best = vectors.subarray(0, count * size);
  const turn = (rows: readonly Float64Array[]) =>
    rowsOf(matMul(best, flatten(rows), { rows: count, inner: size, columns: n }), n);
  return { basis: turn(basis), images: turn(images), values };
}

function isSettled({ basis, images }: Space, values: Float64Array, count: number): boolean {
  return basis.slice(0, count).every((row, i) => {
    const residual = images[i]!.map((x, at) => x - values[i]! * row[at]!);
    return lengthOf(residual) <= TOLERANCE * values[0]!;
  });
}

function randomRow(n: number, rng: Rng): Float64Array {
  return Float64Array.from({ length: n }, () => rng.normal());
}

function lengthOf(row: Float64Array): number {
  return Math.sqrt(dot(row, row));
}

function flatten(rows: readonly Float64Array[]): Float64Array {
  const n = rows[0]!.length;
  const flat = new Float64Array(rows.length * n);
  rows.forEach((row, i) => flat.set(row, i * n));
  return flat;
}
