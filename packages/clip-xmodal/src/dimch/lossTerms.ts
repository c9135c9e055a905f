import { l2Normalize, tf } from '@hash/core';
import { cosines } from '../common/cosines.js';
import type { DimchConfig } from './config.js';
import { discrepancyLoss } from './discrepancyLoss.js';
import { diversityLoss } from './diversityLoss.js';
import { setCodes } from './setHead.js';
import { signDistanceLoss } from './signDistanceLoss.js';
import { smoothChamfer } from './smoothChamfer.js';
import { tripletLoss } from './tripletLoss.js';

type Term = 'sets' | 'discrepancy' | 'diversity' | 'codes' | 'quantisation';

export type LossTermsOptions = Pick<
  DimchConfig,
  | `${'set' | 'code' | 'discrepancy' | 'diversity' | 'quantisation'}Weight`
  | `${'set' | 'code'}Margin`
  | 'temperature'
  | 'diversity'
>;

/**
 * The terms of DIMCH's loss.
 *
 * @param image   sets of vectors, [n, setSize, bits]
 * @param text    likewise
 * @param labels  zeros and ones, [n, classes]
 */
export function lossTerms(
  options: LossTermsOptions,
  image: tf.Tensor3D,
  text: tf.Tensor3D,
  labels: tf.Tensor2D,
): Record<Term, tf.Scalar> {
  const [imageUnits, textUnits] = [l2Normalize(image), l2Normalize(text)];
  const [imageCodes, textCodes] = [setCodes(image), setCodes(text)];
  const { diversity } = options;
  const weighted = (weight: number, a: tf.Scalar, b: tf.Scalar) => tf.mul<tf.Scalar>(tf.add(a, b), weight);
  const bothWays = (likeness: tf.Tensor2D, margin: number, weight: number) => {
    const distances = tf.relu(tf.sub<tf.Tensor2D>(1, likeness)); // [n, n]
    const [there, back] = [distances, tf.transpose(distances)].map((d) => tripletLoss(d, labels, margin));
    return weighted(weight / 2, there!, back!);
  };
  return {
    sets: bothWays(
      smoothChamfer(imageUnits, textUnits, options.temperature),
      options.setMargin,
      options.setWeight,
    ),
    discrepancy: tf.mul(discrepancyLoss(vectors(imageUnits), vectors(textUnits)), options.discrepancyWeight),
    diversity: weighted(
      options.diversityWeight,
      diversityLoss(imageUnits, diversity),
      diversityLoss(textUnits, diversity),
    ),
    codes: bothWays(cosines(imageCodes, textCodes), options.codeMargin, options.codeWeight),
    quantisation: weighted(
      options.quantisationWeight / 2,
      signDistanceLoss(imageCodes),
      signDistanceLoss(textCodes),
    ),
  };
}

/** All vectors of all sets, [n setSize, bits]. */
function vectors(sets: tf.Tensor3D): tf.Tensor2D {
  return tf.reshape(sets, [-1, sets.shape[2]]);
}
