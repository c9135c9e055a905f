import { tf } from '@hash/core';

/**
 * 1 where two items have a class in common, 0 elsewhere. An item is like itself, also one without a class: its image and
 * its text belong together.
 *
 * @param labels  zeros and ones, [n, classes]
 * @returns [n, n]
 */
export function labelSimilarity(labels: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => {
    const shared = tf.minimum(tf.matMul(labels, labels, false, true), 1);
    return tf.maximum(shared, tf.eye(labels.shape[0]));
  });
}
