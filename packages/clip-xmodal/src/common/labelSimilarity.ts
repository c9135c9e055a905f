import { tf } from '@hash/core';

/**
 * 1 where two items have a class in common, 0 elsewhere.
 *
 * @param labels  zeros and ones, [n, classes]
 * @returns [n, n]
 */
export function labelSimilarity(labels: tf.Tensor2D): tf.Tensor2D {
  return tf.minimum(tf.matMul(labels, labels, false, true), 1);
}
