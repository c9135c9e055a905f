import { detached, tf } from '@hash/core';

/**
 * Marks the items that stand first when each query's list is sorted, the most similar first. Of items at the same
 * distance the one with the lower index comes first, as in a stable sort.
 *
 * @param similarity  S, [n, n]; row i is the list of query i
 * @param count       m, how many to mark, 1 to n
 * @returns 1 where an item is among the first m of its row, else 0, [n, n]; without a gradient
 */
export function mostSimilar(similarity: tf.Tensor2D, count: number): tf.Tensor2D {
  const n = similarity.shape[1];
  if (!Number.isInteger(count) || count < 1 || count > n) {
    throw new Error(`mostSimilar: expected count to be an integer from 1 to ${n}, but got ${count}.`);
  }
  return detached(() =>
    tf.tidy(() => {
      const { indices } = tf.topk(similarity, count); // [n, m], lower index first at ties
      return tf.sum<tf.Tensor2D>(tf.oneHot(indices.toInt(), n, 1, 0, 'float32'), 1); // [n, m, n] -> [n, n]
    }),
  );
}
