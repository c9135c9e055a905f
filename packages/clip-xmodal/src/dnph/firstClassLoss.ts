import { detached, tf } from '@hash/core';

/**
 * Cross-entropy with the first class that an item has, c(i):
 *
 *     L = −(1/n) Σᵢ ln softmax(oᵢ)_c(i)
 *
 * @param logits  o, [n, classes]
 * @param labels  zeros and ones, [n, classes]
 * @returns scalar; an item without a class adds nothing
 */
export function firstClassLoss(logits: tf.Tensor2D, labels: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const targets = detached(() => firstClass(labels)); // [n, classes]
    return tf.div(tf.sum(tf.mul(targets, tf.logSoftmax(logits))), -logits.shape[0]);
  });
}

/** The labels with all classes but the first one of each item left out, [n, classes]. */
function firstClass(labels: tf.Tensor2D): tf.Tensor2D {
  const first = tf.oneHot(tf.argMax(labels, 1), labels.shape[1]); // [n, classes]
  return tf.mul(labels, tf.cast(first, 'float32'));
}
