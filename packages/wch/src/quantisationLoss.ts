import { tf } from '@hash/core';

/**
 * Pushes relaxed codes away from 0, towards -1 and +1. For codes of ±1 the value is the constant -1; what counts is the
 * gradient, which a straight-through sign hands on to the relaxed code.
 *
 *     L = -(1/(N · bits)) Σₙₖ h[n,k]²
 *
 * @param h  codes, [batch, bits], in {-1, 0, 1}
 * @returns scalar in [-1, 0]
 */
export function quantisationLoss(h: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.neg(tf.mean(tf.square(h))));
}
