import { tf } from '@hash/core';

/** Far below all logits, yet finite, so that no gradient is NaN. */
const NEVER = -1e9;

/**
 * SortedNCE: sets each of the first items of a sorted list apart from those that are not among the first.
 *
 *     L = -(1/(n m)) Σᵢ Σ_a log [ exp(c[i,a]/T) / (exp(c[i,a]/T) + Σ_b exp(c[i,b]/T)) ]
 *
 * with `a` over the m positives of row i and `b` over its other items. A positive is not in the denominator of another
 * one. Computed as softplus(log Σ_b exp(c[i,b]/T) - c[i,a]/T), which neither overflows nor takes the log of 0. Where all
 * are positives there is nothing to set apart, and L is 0.
 *
 * @param cosines      c, [n, n]; row i belongs to query i
 * @param positives    1 where an item is a positive, else 0, [n, n], m ones in each row
 * @param temperature  T > 0
 * @returns scalar, the mean over queries and positives
 * @see Yu, Shen, Wang, Zhang & Torr, IJCAI 2022, arXiv:2201.13322
 */
export function sortedNce(cosines: tf.Tensor2D, positives: tf.Tensor2D, temperature: number): tf.Scalar {
  if (String(positives.shape) !== String(cosines.shape)) {
    throw new Error(
      `sortedNce: expected positives to have the shape of cosines, [${cosines.shape}], but got [${positives.shape}].`,
    );
  }
  return tf.tidy(() => {
    const logits = tf.div(cosines, temperature);
    const rest = tf.logSumExp(tf.add(logits, tf.mul(positives, NEVER)), 1, true); // [n, 1]
    const losses = tf.mul(positives, tf.softplus(tf.sub(rest, logits))); // [n, n]
    return tf.div(tf.sum(losses), tf.sum(positives));
  });
}
