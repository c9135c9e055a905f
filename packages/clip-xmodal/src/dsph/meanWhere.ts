import { tf } from '@hash/core';

/** The mean of the values that a mask of zeros and ones marks; 0 where it marks none. */
export function meanWhere(mask: tf.Tensor2D, values: tf.Tensor2D): tf.Scalar {
  return tf.div(tf.sum(tf.mul(mask, values)), tf.maximum(tf.sum(mask), 1));
}
