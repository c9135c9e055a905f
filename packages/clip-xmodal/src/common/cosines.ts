import { l2Normalize, tf } from '@hash/core';

/** Cosines of the rows of two matrices, [n, bits] and [m, bits], as [n, m]. */
export function cosines(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.matMul(l2Normalize(a), l2Normalize(b), false, true);
}
