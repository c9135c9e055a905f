import { tf } from '@hash/core';
import { quantisationLoss } from '../common/quantisationLoss.js';
import { centerLoss } from './centerLoss.js';

type Term = 'imageCenters' | 'textCenters' | 'quantisation' | 'shortCenters' | 'shortQuantisation';

/** Of codes of one length: those of images and texts as pairs of probabilities, and those to which they are drawn. */
export interface CodePairs {
  /** [n, 2 bits] */
  readonly image: tf.Tensor2D;
  readonly text: tf.Tensor2D;
  /** Zeros and ones, [n, 2 bits] */
  readonly targets: tf.Tensor2D;
}

export interface LossTermsOptions {
  readonly quantisationWeight: number;
  /** At 0 the short codes have no terms. */
  readonly shortWeight: number;
}

/**
 * The terms of TwDH's loss: both modalities are drawn to the codes of their labels, and to a decision in each bit.
 *
 * @param long     long codes
 * @param short    those that the transform makes of them; called where they count
 * @param counted  1 for items that have a class, else 0, [n]
 */
export function lossTerms(
  { quantisationWeight, shortWeight }: LossTermsOptions,
  long: CodePairs,
  short: () => CodePairs,
  counted: tf.Tensor1D,
): Partial<Record<Term, tf.Scalar>> {
  const half = (loss: tf.Scalar, weight = 1) => tf.mul<tf.Scalar>(loss, weight / 2);
  const centers = (pairs: tf.Tensor2D, { targets }: CodePairs) => centerLoss(pairs, targets, counted);
  const quantisation = ({ image, text }: CodePairs) =>
    tf.add<tf.Scalar>(quantisationLoss(image), quantisationLoss(text));
  const terms = {
    imageCenters: half(centers(long.image, long)),
    textCenters: half(centers(long.text, long)),
    quantisation: half(quantisation(long), quantisationWeight),
  };
  if (shortWeight === 0) return terms;
  const made = short();
  return {
    ...terms,
    shortCenters: half(tf.add(centers(made.image, made), centers(made.text, made)), shortWeight),
    shortQuantisation: half(quantisation(made), shortWeight),
  };
}
