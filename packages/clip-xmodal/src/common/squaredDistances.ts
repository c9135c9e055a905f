import { tf } from '@hash/core';

/**
 * ‖aᵢ − bⱼ‖² of the rows of two matrices, [n, width] and [m, width], as [n, m]. Differences first: lengths less twice the
 * products would cost one matrix product, but round a distance of 0 to what has a large root.
 */
export function squaredDistances(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  return tf.sum(tf.square(tf.sub(tf.expandDims(a, 1), tf.expandDims(b, 0))), 2); // of [n, m, width]
}
