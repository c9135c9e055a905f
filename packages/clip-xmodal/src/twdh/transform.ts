import { tf } from '@hash/core';
import { quantisationLoss } from '../common/quantisationLoss.js';
import { selection } from '../common/selection.js';
import { centerLoss } from './centerLoss.js';

/**
 * Short codes of long ones, both as pairs of probabilities.
 *
 * @param pairs      [n, 2 longBits]
 * @param transform  T, [2 longBits, 2 bits]
 * @returns [n, 2 bits]
 */
export function shorten(pairs: tf.Tensor2D, transform: tf.Tensor2D): tf.Tensor2D {
  return selection(tf.matMul(pairs, transform));
}

/**
 * The terms of the loss that a transform is learned by: short codes of the labels' long codes should be those of their
 * short ones, be decided, and the transform be sparse.
 *
 *     L = bce(o, t) + 1 − mean((2o − 1)²) + sparsity Σ|T|,   o the short codes that T makes
 *
 * @param transform  T, [2 longBits, 2 bits]
 * @param long       pairs of the long codes of label sets, [n, 2 longBits]
 * @param short      those of the short ones, t, [n, 2 bits]
 * @see the authors' `transform_matrix_generation`, Tu et al., IEEE TMM 2024
 */
export function transformTerms(
  transform: tf.Tensor2D,
  long: tf.Tensor2D,
  short: tf.Tensor2D,
  sparsity: number,
): Record<'centers' | 'quantisation' | 'sparsity', tf.Scalar> {
  const made = shorten(long, transform);
  // The sign has no gradient, and at 0 it is 0, other than the slope that TensorFlow.js gives to the absolute value.
  const size = tf.sum(tf.mul(transform, tf.sign(transform)));
  return {
    centers: centerLoss(made, short, tf.ones([long.shape[0]])),
    quantisation: quantisationLoss(made),
    sparsity: tf.mul(size, sparsity),
  };
}
