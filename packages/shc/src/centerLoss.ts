import { tf } from '@hash/core';

/**
 * Draws codes to their centres: the mean binary cross-entropy of each bit, with v = tanh u and t = (h + 1) / 2
 *
 *     L = −mean( t log((v + 1) / 2) + (1 − t) log((1 − v) / 2) ) = mean( softplus(2u) − 2 t u )
 *
 * The second form is equal and keeps its gradient where tanh saturates in float32; the authors' program has the first.
 *
 * @param outputs  u, of the hash layer, [n, bits], any scale
 * @param targets  h, −1 or 1, [n, bits]
 * @returns scalar, the mean over images and bits
 * @see Chen et al., ACM TOIS 2025, eq. 41
 */
export function centerLoss(outputs: tf.Tensor2D, targets: tf.Tensor2D): tf.Scalar {
  if (String(targets.shape) !== String(outputs.shape)) {
    throw new Error(
      `centerLoss: expected targets to have the shape of outputs, [${outputs.shape}], but got [${targets.shape}].`,
    );
  }
  return tf.tidy(() => {
    const aimed = tf.mul(tf.add(targets, 1), outputs); // 2 t u
    return tf.mean<tf.Scalar>(tf.sub(tf.softplus(tf.mul(outputs, 2)), aimed));
  });
}
