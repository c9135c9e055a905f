import { tf } from '@hash/core';

/**
 * How far pairs of probabilities are from a decision, 0 where each is (0, 1) or (1, 0):
 *
 *     q = 1 − mean((2x − 1)²)
 *
 * @param pairs  x, [n, 2 bits]
 * @returns scalar from 0 to 1
 */
export function quantisationLoss(pairs: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.sub(1, tf.mean(tf.square(tf.sub(tf.mul(pairs, 2), 1)))));
}
