import { detached, tf } from '@hash/core';
import type { TwoCodes } from './meanQuantisationLoss.js';

/** Share of the gradient that goes to the code from pooled features. */
const BACK = 0.1;

/**
 * Draws the code from tokens to that from pooled features, and the latter a little to the former:
 *
 *     L = (1/n) (‖sg(g) − l‖² + 0.1 ‖g − sg(l)‖²),   sg: without gradient
 *
 * @returns scalar, a sum over bits and a mean over items
 */
export function distillationLoss({ global, local }: TwoCodes): tf.Scalar {
  return tf.tidy(() => {
    const squared = (a: tf.Tensor2D, b: tf.Tensor2D) => tf.sum(tf.squaredDifference(a, b));
    const toGlobal = squared(
      detached(() => tf.clone(global)),
      local,
    );
    const toLocal = squared(
      global,
      detached(() => tf.clone(local)),
    );
    return tf.div(tf.add(toGlobal, tf.mul(toLocal, BACK)), global.shape[0]);
  });
}
