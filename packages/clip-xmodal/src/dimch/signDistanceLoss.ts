import { tf } from '@hash/core';

/** How far relaxed codes, [n, bits], are from their signs: `mean (h − sign h)²`. */
export function signDistanceLoss(hashes: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.squaredDifference(hashes, tf.sign(hashes))));
}
