import { tf } from '@hash/core';

/** ‖aᵢ − bⱼ‖² of the rows of two matrices, [n, bits] and [m, bits], as [n, m]. */
export function squaredDistances(a: tf.Tensor2D, b: tf.Tensor2D): tf.Tensor2D {
  const lengths = (x: tf.Tensor2D) => tf.sum(tf.square(x), 1, true); // [n, 1]
  const sums = tf.add(lengths(a), tf.transpose(lengths(b))); // [n, m]
  return tf.relu(tf.sub(sums, tf.mul(tf.matMul(a, b, false, true), 2)));
}
