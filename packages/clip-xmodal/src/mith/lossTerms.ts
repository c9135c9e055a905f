import { tf } from '@hash/core';
import type { CodeBank } from './codeBank.js';
import type { MithConfig } from './config.js';
import { contrastiveLoss } from './contrastiveLoss.js';
import { distillationLoss } from './distillationLoss.js';
import { likelihoodLoss } from './likelihoodLoss.js';
import { agreedCodes, meanQuantisationLoss, type TwoCodes } from './meanQuantisationLoss.js';

type Term = 'intra' | 'inter' | 'quantisation' | 'contrast' | 'distillation';

/** What the network makes of one modality. */
export interface Outputs extends TwoCodes {
  /** Of length 1, [n, width] */
  readonly features: tf.Tensor2D;
  /** Of length 1, [n, concepts, width] */
  readonly concepts: tf.Tensor3D;
}

export type LossTermsOptions = Pick<
  MithConfig,
  | `${'intra' | 'inter' | 'quantisation' | 'contrast' | 'conceptContrast' | 'distillation'}Weight`
  | 'temperature'
  | 'globalShare'
>;

/**
 * The terms of MITH's loss.
 *
 * @param bank     holds the codes of these very items already
 * @param similar  1 where a training pair and an item have a class in common, else 0, [items of the bank, n]
 * @see Liu et al., ACM Multimedia 2023, doi:10.1145/3581783.3612411
 */
export function lossTerms(
  options: LossTermsOptions,
  image: Outputs,
  text: Outputs,
  { parameters: known }: CodeBank,
  similar: tf.Tensor2D,
): Record<Term, tf.Scalar> {
  const { temperature, globalShare, conceptContrastWeight } = options;
  const codes = agreedCodes(image, text, globalShare);
  const weighted = (weight: number, a: tf.Scalar, b: tf.Scalar) => tf.mul<tf.Scalar>(tf.add(a, b), weight);
  const likelihood = (known: tf.Tensor2D, hashes: tf.Tensor2D) => likelihoodLoss(known, hashes, similar);
  return {
    intra: weighted(
      options.intraWeight,
      likelihood(known.imageLocal, image.local),
      likelihood(known.textLocal, text.local),
    ),
    inter: weighted(
      options.interWeight,
      likelihood(known.imageGlobal, text.global),
      likelihood(known.textGlobal, image.global),
    ),
    quantisation: weighted(
      options.quantisationWeight,
      meanQuantisationLoss(image, codes),
      meanQuantisationLoss(text, codes),
    ),
    contrast: weighted(
      options.contrastWeight,
      contrastiveLoss(image.features, text.features, temperature),
      tf.mul(contrastiveLoss(image.concepts, text.concepts, temperature), conceptContrastWeight),
    ),
    distillation: weighted(options.distillationWeight, distillationLoss(image), distillationLoss(text)),
  };
}
