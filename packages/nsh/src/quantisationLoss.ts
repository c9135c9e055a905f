import { detached, tf } from '@hash/core';

/**
 * Draws relaxed codes to their signs.
 *
 *     L = (1/(n · bits)) Σᵢₖ (h[i,k] - sign(h[i,k]))²
 *
 * @param h  relaxed codes, [n, bits], in [-1, 1]
 * @returns scalar in [0, 1]; the sign counts as a constant
 */
export function quantisationLoss(h: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.squaredDifference(h, detached(() => tf.sign(h))))); // prettier-ignore
}
