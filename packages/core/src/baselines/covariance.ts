import { tf } from '../tf.js';
import type { Features } from './features.js';

export interface Covariance {
  /** [width] */
  readonly mean: Float64Array;
  /** [width, width], divided by the number of items. */
  readonly matrix: Float64Array;
}

/** Items of one product on the engine; the products are added up in float64. */
const BLOCK = 1024;

/** Mean and covariance of features: O(count width²) on the engine, so right to its float32. */
export function covariance(features: Features): Covariance {
  const { count, width } = features;
  const mean = featureMean(features);
  const matrix = new Float64Array(width * width);
  for (let from = 0; from < count; from += BLOCK) {
    const items = Math.min(BLOCK, count - from);
    const product = tf.tidy(() => {
      const rows = tf.tensor2d(new Float32Array(centred(features, mean, from, items)), [items, width]);
      return tf.matMul(rows, rows, true); // [width, width]
    });
    const sums = product.dataSync();
    for (let at = 0; at < matrix.length; at++) matrix[at]! += sums[at]!;
    product.dispose();
  }
  // An engine may round what lies above the diagonal in another way than what lies below.
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
  const part = new Float64Array(data.subarray(from * width, (from + items) * width));
  for (let at = 0; at < part.length; at++) part[at]! -= mean[at % width]!;
  return part;
}
