import { tf } from '@hash/core';

/**
 * Tells which of the vectors of one modality belongs to which of the other, in both directions:
 *
 *     L = ½ mean CE(a bᵀ/τ, diagonal) + ½ mean CE(b aᵀ/τ, diagonal)
 *
 * @param a  of length 1: items, [n, width], or the concepts of each item, [n, concepts, width], told apart within it
 * @param b  likewise
 * @param temperature  τ, above 0
 * @returns scalar, the mean over all vectors
 */
export function contrastiveLoss<T extends tf.Tensor2D | tf.Tensor3D>(
  a: T,
  b: T,
  temperature: number,
): tf.Scalar {
  return tf.tidy(() => {
    const scaled = tf.div(a, temperature);
    const logits = tf.matMul<tf.Tensor>(scaled, b, false, true); // [..., m, m]
    const own = tf.mean(tf.sum(tf.mul(scaled, b), -1));
    const all = (axis: number) => tf.mean(tf.logSumExp(logits, axis));
    return tf.sub<tf.Scalar>(tf.div(tf.add(all(-1), all(-2)), 2), own);
  });
}
