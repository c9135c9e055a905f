import { multiHot, tf, type Labels } from '@hash/core';
import { __camel__Loss } from './__camel__Loss.js';
import type { __Pascal__Config } from './config.js';

/**
 * The terms of the loss: images that share a class should have equal codes, others opposite ones.
 *
 * @param codes   relaxed, [n, bits], any scale
 * @param labels  of the same n images
 */
export function lossTerms(
  codes: tf.Tensor2D,
  labels: Labels,
  { pairWeight }: __Pascal__Config,
): Record<string, tf.Scalar> {
  return { pairs: tf.mul(__camel__Loss(codes, affinityOf(labels)), pairWeight) };
}

/** 1 where two images share a class, −1 elsewhere, [n, n]. */
function affinityOf(labels: Labels): tf.Tensor2D {
  return tf.tidy(() => {
    const classes = tf.tensor2d(multiHot(labels), [labels.count, labels.classes]);
    const shared = tf.matMul(classes, classes, false, true); // [n, n]
    return tf.sub<tf.Tensor2D>(tf.mul(2, tf.minimum(shared, 1)), 1);
  });
}
