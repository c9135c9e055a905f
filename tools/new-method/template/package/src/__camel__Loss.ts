import { l2Normalize, tf } from '@hash/core';

/**
 * Penalises codes whose pairwise cosines stray from a target.
 *
 *     L = (1/n²) Σᵢⱼ (cos(uᵢ, uⱼ) − sᵢⱼ)²
 *
 * @param u         relaxed codes, [n, bits], any scale
 * @param affinity  target cosines s, [n, n]
 * @returns scalar, the mean over pairs
 */
export function __camel__Loss(u: tf.Tensor2D, affinity: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const directions = l2Normalize(u);
    const cosines = tf.matMul(directions, directions, false, true); // [n, n]
    return tf.mean(tf.squaredDifference(cosines, affinity));
  });
}
