import { tf } from '@hash/core';

/**
 * Draws relaxed bits to −1 and 1: the mean of (|v| − 1)² with v = tanh u.
 *
 * @param outputs  u, of the hash layer, [n, bits], any scale
 * @returns scalar, the mean over images and bits; its gradient at u = 0 is 0
 * @see Chen et al., ACM TOIS 2025, eq. 42
 */
export function quantisationLoss(outputs: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const relaxed = tf.tanh(outputs);
    // |v| as v · sign v: TensorFlow.js takes -1 for the gradient of |v| at 0.
    const magnitude = tf.mul(relaxed, tf.sign(relaxed));
    return tf.mean<tf.Scalar>(tf.square(tf.sub(magnitude, 1)));
  });
}
