import { tf } from '@hash/core';
import { centerLoss } from './centerLoss.js';
import type { ShcConfig } from './config.js';
import { quantisationLoss } from './quantisationLoss.js';

/**
 * The terms of stage 3's loss.
 *
 * @param outputs  of the hash network, [n, bits]
 * @param targets  centres of the images, −1 or 1, [n, bits]
 */
export function lossTerms(
  { quantisationWeight }: Pick<ShcConfig, 'quantisationWeight'>,
  outputs: tf.Tensor2D,
  targets: tf.Tensor2D,
): Record<'center' | 'quantisation', tf.Scalar> {
  return {
    center: centerLoss(outputs, targets),
    quantisation: tf.mul(quantisationLoss(outputs), quantisationWeight),
  };
}
