import { matMul, matMulTransposed } from './matrix.js';
import { svd } from './svd.js';

export interface ItqRotation {
  /** R, [bits, bits], orthogonal. */
  readonly rotation: Float64Array;
  /** Mean over items of ‖sign(v R) - v R‖², before the first turn and after each. It never rises. */
  readonly errors: readonly number[];
}

/**
 * Turns centred data so that their signs say as much of them as can be: by turns it takes the nearest corners of the
 * cube, B = sign(V R), and the rotation that brings the data nearest to these, R = U Wᵀ of the singular vectors of VᵀB
 * (Procrustes).
 *
 * @param data        V, [count, bits]
 * @param start       R at first, [bits, bits], orthogonal
 * @param iterations  turns
 * @see Gong & Lazebnik, CVPR 2011, doi:10.1109/CVPR.2011.5995432
 */
export function itqRotation(
  data: Float64Array,
  start: Float64Array,
  bits: number,
  iterations: number,
): ItqRotation {
  const rows = data.length / bits;
  let rotation = start;
  let turned = matMul(data, rotation, { rows, inner: bits, columns: bits });
  const errors = [quantisationError(turned, rows)];
  for (let i = 0; i < iterations; i++) {
    const corners = turned.map((x) => (x >= 0 ? 1 : -1));
    rotation = nearestRotation(
      matMulTransposed(data, corners, { rows: bits, inner: rows, columns: bits }),
      bits,
    );
    turned = matMul(data, rotation, { rows, inner: bits, columns: bits });
    errors.push(quantisationError(turned, rows));
  }
  return { rotation, errors };
}

/** The orthogonal matrix nearest to a square one, [n, n]. */
export function nearestRotation(matrix: Float64Array, n: number): Float64Array {
  const { left, right } = svd(matrix, n);
  return matMulTransposed(left, right, { rows: n, inner: n, columns: n });
}

function quantisationError(turned: Float64Array, rows: number): number {
  return turned.reduce((sum, x) => sum + (Math.abs(x) - 1) ** 2, 0) / rows;
}
