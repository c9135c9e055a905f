import type { Rng } from '../random/rng.js';
import { covariance } from './covariance.js';
import type { Features } from './features.js';
import { largestEigenvectors } from './largestEigenvectors.js';
import { rowsOf } from './rows.js';

export interface PrincipalComponents {
  /** [width] */
  readonly mean: Float64Array;
  /** Directions of the largest variance in rows, [components, width], orthonormal; the largest first. */
  readonly directions: Float64Array;
  /** Along each direction, [components]; divided by the number of items. */
  readonly variances: Float64Array;
}

/**
 * The directions along which features vary most: the eigenvectors of their covariance.
 *
 * @param components  how many, 1 to width
 * @param rng         draws where the search for them starts
 */
export function principalComponents(features: Features, components: number, rng: Rng): PrincipalComponents {
  const { width } = features;
  const { mean, matrix } = covariance(features);
  const { vectors, values } = largestEigenvectors(matrix, width, components, rng);
  return { mean, directions: withFirmSigns(vectors, width), variances: values };
}

/** Turns each direction so that its largest number is positive: eigenvectors have no sign of their own. */
function withFirmSigns(directions: Float64Array, width: number): Float64Array {
  for (const row of rowsOf(directions, width)) {
    const largest = row.reduce((best, x) => (Math.abs(x) > Math.abs(best) ? x : best), 0);
    if (largest < 0) row.forEach((x, i) => (row[i] = -x));
  }
  return directions;
}
