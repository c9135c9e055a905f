import type { Rng } from '../random/rng.js';
import { covariance } from './covariance.js';
import type { Features } from './features.js';
import { matMul } from './matrix.js';
import { dot, normalise, orthogonalise, rowsOf } from './rows.js';
import { svd } from './svd.js';

export interface PrincipalComponents {
  /** [width] */
  readonly mean: Float64Array;
  /** Directions of the largest variance in rows, [components, width], orthonormal; the largest first. */
  readonly directions: Float64Array;
  /** Along each direction, [components]; divided by the number of items. */
  readonly variances: Float64Array;
}

/** Fewest directions beyond those asked for that are iterated along; the subspace converges by the gap behind them. */
const SPARE = 16;
const MAX_ITERATIONS = 300;
/** Residual of a direction, as a share of the largest variance. */
const TOLERANCE = 1e-8;

/**
 * The directions along which features vary most, by subspace iteration on their covariance in float64: O(count width²)
 * for the covariance and O(width² components) for each iteration.
 *
 * @param components  how many, 1 to width
 * @param rng         draws the start
 */
export function principalComponents(features: Features, components: number, rng: Rng): PrincipalComponents {
  const { width } = features;
  const { mean, matrix } = covariance(features);
  const size = Math.min(width, components + Math.max(components, SPARE));
  let start: Float64Array = Float64Array.from({ length: size * width }, () => rng.normal());
  for (let iteration = 1; ; iteration++) {
    const ritz = rayleighRitz(start, matrix, width);
    if (iteration === MAX_ITERATIONS || isSettled(ritz, components, width)) {
      const directions = ritz.directions.slice(0, components * width);
      return {
        mean,
        directions: withFirmSigns(directions, width),
        variances: ritz.values.slice(0, components),
      };
    }
    start = ritz.images;
  }
}

interface Ritz {
  /** In rows, [size, width], orthonormal. */
  readonly directions: Float64Array;
  /** What the matrix makes of them, [size, width]. */
  readonly images: Float64Array;
  /** Falling. */
  readonly values: Float64Array;
}

/** The directions in the span of some rows that come closest to eigenvectors. */
function rayleighRitz(rows: Float64Array, matrix: Float64Array, width: number): Ritz {
  const size = rows.length / width;
  orthonormalise(rowsOf(rows, width));
  const images = matMul(rows, matrix, { rows: size, inner: width, columns: width });
  const inner = rowsOf(rows, width).flatMap((row) => rowsOf(images, width).map((image) => dot(row, image)));
  // Of a matrix that is symmetric and has no negative eigenvalue, singular vectors are eigenvectors.
  const { values, left } = svd(Float64Array.from(inner), size);
  const turn = (all: Float64Array) => matMul(left, all, { rows: size, inner: size, columns: width });
  return { directions: turn(rows), images: turn(images), values };
}

function isSettled({ directions, images, values }: Ritz, components: number, width: number): boolean {
  for (let i = 0; i < components; i++) {
    let squared = 0;
    for (let at = i * width; at < (i + 1) * width; at++) {
      squared += (images[at]! - values[i]! * directions[at]!) ** 2;
    }
    if (Math.sqrt(squared) > TOLERANCE * values[0]!) return false;
  }
  return true;
}

/** Gram and Schmidt's, twice, which is as good as exact. */
function orthonormalise(rows: readonly Float64Array[]): void {
  rows.forEach((row, i) => {
    normalise(row);
    for (let pass = 0; pass < 2; pass++) {
      orthogonalise(row, rows.slice(0, i));
      normalise(row);
    }
  });
}

/** Turns each direction so that its largest number is positive: eigenvectors have no sign of their own. */
function withFirmSigns(directions: Float64Array, width: number): Float64Array {
  for (const row of rowsOf(directions, width)) {
    const largest = row.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
    if (largest < 0) row.forEach((x, i) => (row[i] = -x));
  }
  return directions;
}
