import { detached, tf } from '@hash/core';

/** Both codes of some items in one modality. */
export interface TwoCodes {
  /** Relaxed codes from pooled features, [n, bits] */
  readonly global: tf.Tensor2D;
  /** Relaxed codes from tokens, [n, bits] */
  readonly local: tf.Tensor2D;
}

/**
 * The codes that both modalities agree on: `sign(λ (gᵢ + gₜ) + (1 − λ) (lᵢ + lₜ))`, without a gradient.
 *
 * @param globalShare  λ, in [0, 1]
 * @returns -1, 0 or 1, [n, bits]
 */
export function agreedCodes(image: TwoCodes, text: TwoCodes, globalShare: number): tf.Tensor2D {
  return detached(() => {
    const globals = tf.mul(tf.add(image.global, text.global), globalShare);
    const locals = tf.mul(tf.add(image.local, text.local), 1 - globalShare);
    return tf.sign(tf.add<tf.Tensor2D>(globals, locals));
  });
}

/**
 * How far the mean of an item's codes is from its binary code: `(1/(n bits)) ‖½ (g + l) − b‖²`.
 *
 * @param codes  b, [n, bits]
 * @returns scalar
 */
export function meanQuantisationLoss({ global, local }: TwoCodes, codes: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => tf.mean(tf.square(tf.sub(tf.div(tf.add(global, local), 2), codes))));
}
