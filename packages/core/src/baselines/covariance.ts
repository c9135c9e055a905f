import type { Features } from './features.js';

export interface Covariance {
  /** [width] */
  readonly mean: Float64Array;
  /** [width, width], divided by the number of items. */
  readonly matrix: Float64Array;
}

/** Items that are added in one pass over the matrix, which is larger than a processor's cache. */
const TOGETHER = 4;

/** Mean and covariance of features, in float64 whatever they are in: O(count width²). */
export function covariance(features: Features): Covariance {
  const { count, width } = features;
  const mean = featureMean(features);
  const matrix = new Float64Array(width * width);
  for (let from = 0; from < count; from += TOGETHER) {
    addProducts(matrix, centred(features, mean, from, Math.min(TOGETHER, count - from)), width);
  }
  for (let i = 0; i < width; i++) {
    for (let j = 0; j <= i; j++) {
      matrix[i * width + j]! /= count;
      matrix[j * width + i] = matrix[i * width + j]!;
    }
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

/** Adds Σ x xᵀ over up to four rows x, below and on the diagonal. */
function addProducts(matrix: Float64Array, rows: Float64Array, width: number): void {
  const [a, b, c, d] = Array.from({ length: TOGETHER }, (_, item) =>
    item * width < rows.length ? rows.subarray(item * width, (item + 1) * width) : new Float64Array(width),
  ) as [Float64Array, Float64Array, Float64Array, Float64Array];
  for (let i = 0, at = 0; i < width; i++, at = i * width) {
    const [ai, bi, ci, di] = [a[i]!, b[i]!, c[i]!, d[i]!];
    for (let j = 0; j <= i; j++) matrix[at + j]! += ai * a[j]! + bi * b[j]! + ci * c[j]! + di * d[j]!;
  }
}
