import type { Features } from './features.js';
import { matMulTransposed } from './matrix.js';

export interface Covariance {
  /** [width] */
  readonly mean: Float64Array;
  /** [width, width], divided by the number of items. */
  readonly matrix: Float64Array;
}

/** Items that are centred at once, so that what lies between features and matrix stays small. */
const BLOCK = 4096;

/** Mean and covariance of features, in float64 whatever they are in: O(count width²). */
export function covariance(features: Features): Covariance {
  const { count, width } = features;
  const mean = featureMean(features);
  const matrix = new Float64Array(width * width);
  for (let from = 0; from < count; from += BLOCK) {
    const items = Math.min(BLOCK, count - from);
    const rows = centred(features, mean, from, items);
    const sums = matMulTransposed(rows, rows, { rows: width, inner: items, columns: width });
    for (let at = 0; at < matrix.length; at++) matrix[at]! += sums[at]! / count;
  }
  return { mean, matrix };
}

/** @returns [width] */
export function featureMean({ count, width, data }: Features): Float64Array {
  const mean = new Float64Array(width);
  for (let at = 0; at < data.length; at++) mean[at % width]! += data[at]!;
  return mean.map((sum) => sum / count);
}

/** Some items less the mean, [items, width]. */
export function centred(
  { width, data }: Features,
  mean: Float64Array,
  from: number,
  items: number,
): Float64Array {
  const part = Float64Array.from(data.subarray(from * width, (from + items) * width));
  for (let at = 0; at < part.length; at++) part[at]! -= mean[at % width]!;
  return part;
}
