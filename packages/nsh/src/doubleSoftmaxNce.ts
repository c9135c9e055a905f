import { tf } from '@hash/core';

/** Far below all logits, yet finite. */
const NEVER = -1e9;

/**
 * SortedNCE as public re-implementations of NSH compute it: their cross-entropy, which has a softmax in itself, is given
 * probabilities. Kept to measure what that costs.
 *
 *     p = softmax([c[i,a], c[i,b] ...] / T)     L = -(1/(n m)) Σᵢ Σ_a log softmax(p)[a]
 *
 * A probability is at most 1, so L cannot fall below log(1 + (n - m) / e), 2.93 for 2 positives in a batch of 50, where a
 * batch that is not sorted at all has 3.89; and gradients shrink by p (1 - p).
 *
 * @param cosines      c, [n, n]
 * @param positives    1 where an item is a positive, else 0, [n, n], m ones in each row
 * @param temperature  T > 0
 * @returns scalar, the mean over queries and positives
 */
export function doubleSoftmaxNce(
  cosines: tf.Tensor2D,
  positives: tf.Tensor2D,
  temperature: number,
): tf.Scalar {
  return tf.tidy(() => {
    const logits = tf.div(cosines, temperature);
    const negatives = tf.add(logits, tf.mul(positives, NEVER));
    const rest = tf.logSumExp(negatives, 1, true); // [n, 1]
    const denominators = tf.add(logits, tf.softplus(tf.sub(rest, logits))); // [n, a], logarithms
    const own = tf.exp(tf.sub(logits, denominators)); // [n, a]
    const others = tf.exp(tf.sub(tf.expandDims(negatives, 1), tf.expandDims(denominators, 2))); // [n, a, b]
    const sums = tf.sum(tf.mul(tf.expandDims(tf.sub(1, positives), 1), tf.exp(others)), 2); // [n, a]
    const losses = tf.sub(tf.log(tf.add(tf.exp(own), sums)), own);
    return tf.div(tf.sum(tf.mul(positives, losses)), tf.sum(positives));
  });
}
