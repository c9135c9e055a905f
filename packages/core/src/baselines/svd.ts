import { dot, identity, normalise, orthogonalise, rowsOf } from './rows.js';

/** M = Σᵢ σᵢ uᵢ wᵢᵀ, the largest σ first. */
export interface SingularValues {
  /** σ, [n], at least 0. */
  readonly values: Float64Array;
  /** Rows uᵢ, [n, n], orthonormal. */
  readonly left: Float64Array;
  /** Rows wᵢ, [n, n], orthonormal. */
  readonly right: Float64Array;
}

/** Sweeps after which Jacobi's method has long converged; it takes about ten. */
const MAX_SWEEPS = 60;
/** Cosine of two rows of one number that count as orthogonal; the sum of more rounds more. */
const ORTHOGONAL = Number.EPSILON;

/**
 * Singular value decomposition of a small square matrix by one-sided Jacobi rotations: rows are turned in pairs until all
 * are orthogonal; their lengths are the singular values. Accurate to the last digits, in O(n³) for each of about ten
 * sweeps: right for bits x bits, not for the covariance of wide features.
 *
 * @param matrix  M, [n, n], finite
 * @see Hestenes, Journal of SIAM 6(1), 1958; Demmel & Veselić, SIAM J. Matrix Anal. Appl. 13(4), 1992
 */
export function svd(matrix: Float64Array, n: number): SingularValues {
  const rows = rowsOf(Float64Array.from(matrix), n);
  const turns = rowsOf(identity(n), n);
  for (let sweep = 0, turned = true; turned && sweep < MAX_SWEEPS; sweep++) {
    turned = false;
    for (let p = 0; p < n - 1; p++) {
      for (let q = p + 1; q < n; q++) {
        const rotation = rotationBetween(rows[p]!, rows[q]!);
        if (!rotation) continue;
        turned = true;
        rotate(rows[p]!, rows[q]!, rotation);
        rotate(turns[p]!, turns[q]!, rotation);
      }
    }
  }
  return inOrder(rows, turns, n);
}

interface Rotation {
  readonly cos: number;
  readonly sin: number;
}

/** What makes two rows orthogonal; undefined where they are. */
function rotationBetween(x: Float64Array, y: Float64Array): Rotation | undefined {
  const [xx, yy, xy] = [dot(x, x), dot(y, y), dot(x, y)];
  if (Math.abs(xy) <= x.length * ORTHOGONAL * Math.sqrt(xx * yy)) return undefined;
  const ratio = (yy - xx) / (2 * xy);
  const tan = (ratio < 0 ? -1 : 1) / (Math.abs(ratio) + Math.hypot(1, ratio));
  const cos = 1 / Math.hypot(1, tan);
  return { cos, sin: cos * tan };
}

function rotate(x: Float64Array, y: Float64Array, { cos, sin }: Rotation): void {
  for (let i = 0; i < x.length; i++) {
    const [a, b] = [x[i]!, y[i]!];
    x[i] = cos * a - sin * b;
    y[i] = sin * a + cos * b;
  }
}

function inOrder(rows: readonly Float64Array[], turns: readonly Float64Array[], n: number): SingularValues {
  const lengths = rows.map((row) => Math.sqrt(dot(row, row)));
  const order = lengths.map((_, i) => i).sort((i, j) => lengths[j]! - lengths[i]! || i - j);
  const [values, left, right] = [new Float64Array(n), new Float64Array(n * n), new Float64Array(n * n)];
  const negligible = n * Number.EPSILON * lengths[order[0]!]!;
  order.forEach((from, to) => {
    const length = lengths[from]!;
    values[to] = length;
    left.set(turns[from]!, to * n);
    const own = right.subarray(to * n, (to + 1) * n);
    if (length > negligible) own.set(rows[from]!.map((x) => x / length));
    else complete(right, to, n);
  });
  return { values, left, right };
}

/** Makes row `at` a unit vector that is orthogonal to the rows before it: any will do where the matrix has no more. */
function complete(rows: Float64Array, at: number, n: number): void {
  const before = rowsOf(rows.subarray(0, at * n), n);
  const own = rows.subarray(at * n, (at + 1) * n);
  // One of n unit vectors keeps at least 1/√n of its length beside fewer than n directions.
  for (let axis = 0, length = 0; length < 0.5 / Math.sqrt(n); axis++) {
    own.fill(0)[axis] = 1;
    orthogonalise(own, before);
    length = Math.sqrt(dot(own, own));
  }
  orthogonalise(own, before);
  normalise(own);
}
