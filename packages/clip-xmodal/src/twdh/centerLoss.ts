import { tf } from '@hash/core';

/** Logarithms end here: that of 0 would have no slope. */
const LEAST = 1e-37;

/**
 * How unlikely the bits of a target are, by the cross-entropy of each pair of probabilities:
 *
 *     L = mean over the bits of −ln p(right bit)
 *
 * @param pairs    p, [n, 2 bits]
 * @param targets  zeros and ones, [n, 2 bits]
 * @param counted  1 for the items that count, 0 for those that have no target, [n]
 * @returns scalar; 0 where no item counts
 * @see the authors' `object_function`, Tu et al., IEEE TMM 2024
 */
export function centerLoss(pairs: tf.Tensor2D, targets: tf.Tensor2D, counted: tf.Tensor1D): tf.Scalar {
  const [n, width] = pairs.shape;
  return tf.tidy(() => {
    const chosen = tf.sum(tf.reshape(tf.mul(pairs, targets), [n, width / 2, 2]), 2); // [n, bits]
    const surprise = tf.mean(tf.neg(tf.log(tf.maximum(chosen, LEAST))), 1); // [n]
    return tf.div(tf.sum(tf.mul(surprise, counted)), tf.maximum(tf.sum(counted), 1));
  });
}
