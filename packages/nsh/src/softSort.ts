import { customGradient, tf } from '@hash/core';

/**
 * SoftSort's relaxed permutation, up to the sum of its rows: how much of item j is in the place that item a takes when
 * the list of query i is sorted.
 *
 *     W[i,a,j] = exp(-|S[i,a] - S[i,j]| / T)
 *     P[i,k,j] = W[i,a,j] / Σⱼ W[i,a,j],   a the item at position k of list i
 *
 * SoftSort's row for position k depends on the item there alone. So the rows stand here in the order of the items:
 * sorting them would move each to where nothing that follows looks, since all that NSH asks of a position is whether it
 * is among the first (`mostSimilar`). And the sums are left out, since a cosine does not see them (`mixtureCosines`).
 * What P costs beyond W, an argsort, a permutation of n³ zeros and ones, its product and a softmax, is saved.
 *
 * Items at the same distance are at no distance from each other: W is 1 between them, their rows are equal, and the
 * slope of the modulus is taken as 0 there.
 *
 * @param similarity   S, [n, n]; row i is the list of query i
 * @param temperature  T > 0, in units of S: one bit of a code is 1 / bits
 * @returns W, [n, n, n], in (0, 1], with a diagonal of ones
 * @see Prillo & Eisenschlos, SoftSort, ICML 2020, arXiv:2006.16038
 */
export function softSort(similarity: tf.Tensor2D, temperature: number): tf.Tensor3D {
  return customGradient<tf.Tensor>(similarity, (s, save) => {
    const gaps = tf.sub(tf.expandDims(s, 2), tf.expandDims(s, 1)); // [n, a, j]
    const weights = tf.exp(tf.mul(tf.abs(gaps), -1 / temperature));
    save([gaps, weights]);
    return {
      value: weights,
      gradient: (upstream, [savedGaps, savedWeights]) => {
        const slope = tf.mul(tf.sign(savedGaps!), -1 / temperature);
        const towards = tf.mul(tf.mul(upstream, savedWeights!), slope); // [n, a, j]
        return tf.sub(tf.sum(towards, 2), tf.sum(towards, 1)); // [n, n]
      },
    };
  }) as tf.Tensor3D;
}
