import { tf } from '@hash/core';
import { reconstructionLoss } from './reconstructionLoss.js';

export interface LossTermsOptions {
  /** λ₁ */
  readonly imageWeight: number;
  /** λ₂ */
  readonly textWeight: number;
}

/**
 * The three terms of DJSRH's loss: similarities among images, between images and texts, and among texts.
 *
 *     L = λ₁ L(B_I, B_I) + L(B_I, B_T) + λ₂ L(B_T, B_T)
 *
 * A term without weight is left out.
 *
 * @param image     relaxed codes B_I, [m, bits]
 * @param text      relaxed codes B_T, [m, bits]
 * @param affinity  target cosines, [m, m], as `jointAffinity` makes them
 */
export function lossTerms(
  image: tf.Tensor2D,
  text: tf.Tensor2D,
  affinity: tf.Tensor2D,
  { imageWeight, textWeight }: LossTermsOptions,
): Record<string, tf.Scalar> {
  const weighted = (codes: tf.Tensor2D, weight: number) =>
    tf.mul<tf.Scalar>(reconstructionLoss(codes, codes, affinity), weight);
  return {
    imageText: reconstructionLoss(image, text, affinity),
    ...(imageWeight > 0 && { imageImage: weighted(image, imageWeight) }),
    ...(textWeight > 0 && { textText: weighted(text, textWeight) }),
  };
}
