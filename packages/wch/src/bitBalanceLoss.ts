import { tf } from '@hash/core';

/**
 * Penalises bits that are not on for half of the images.
 *
 *     L = (1/bits) Σₖ ((1/N) Σₙ h[n,k])²
 *
 * @param h  codes, [batch, bits], in {-1, 0, 1}
 * @returns scalar in [0, 1]; 0 when each bit is on for half of the batch
 */
export function bitBalanceLoss(h: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.square(tf.mean(h, 0))));
}
