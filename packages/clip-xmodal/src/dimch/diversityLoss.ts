import { tf } from '@hash/core';

/** How steeply likeness falls with the squared distance. */
const STEEPNESS = 20;

/**
 * How alike vectors are that are to differ:
 *
 *     L = 2/(M(M − 1)) Σ_{p<q} exp(−20 ‖e_p − e_q‖²)
 *
 * over all pairs of the batch (`'batch'`: as the authors' code has it, so that the loss grows with the batch), or over those
 * within a set and as a mean over sets (`'item'`).
 *
 * @param sets  sets of M vectors of length 1, [n, M, bits]
 * @returns scalar; 0 where a set is of one vector
 */
export function diversityLoss(sets: tf.Tensor3D, over: 'batch' | 'item'): tf.Scalar {
  const [n, size, bits] = sets.shape;
  if (size === 1) return tf.scalar(0);
  return tf.tidy(() => {
    const groups = over === 'item' ? sets : tf.reshape<tf.Rank.R3>(sets, [1, n * size, bits]);
    const cosines = tf.matMul(groups, groups, false, true); // [groups, m, m]
    // Of vectors of length 1: ‖p − q‖² = 2 − 2 cos(p, q).
    const likeness = tf.exp(tf.mul(tf.sub(cosines, 1), 2 * STEEPNESS));
    const pairs = tf.mul(likeness, tf.sub(1, tf.eye(groups.shape[1]))); // each pair twice
    return tf.div<tf.Scalar>(tf.sum(pairs), size * (size - 1) * groups.shape[0]);
  });
}
