import { tf } from '@hash/core';
import { cosines } from '../common/cosines.js';

export interface CosineLossOptions {
  /** Of the distances. */
  readonly power: 1 | 2;
  /** Distance t that items of a class may keep. */
  readonly threshold: number;
}

/**
 * The loss of the authors' first code on distances d = 1 − cosine, of which those of items of a class may be up to t, and
 * those of others are to be 1:
 *
 *     L = (1/n²) Σᵢⱼ max(sᵢⱼ dᵢⱼ − t, 0)ᵖ + (1 − sᵢⱼ) max(1 − dᵢⱼ, 0)ᵖ
 *
 * @param a        pairs of probabilities of one modality, [n, 2 bits]
 * @param b        those of the same or another one, [n, 2 bits]
 * @param similar  s, ones and zeros, [n, n]
 * @returns scalar, the mean over all pairs of items
 */
export function cosineLoss(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  similar: tf.Tensor2D,
  { power, threshold }: CosineLossOptions,
): tf.Scalar {
  return tf.tidy(() => {
    const cosine = cosines(a, b);
    const near = tf.relu(tf.sub(tf.mul(tf.sub(1, cosine), similar), threshold));
    const far = tf.mul(tf.sub(1, similar), tf.relu(cosine));
    return tf.mean(power === 2 ? tf.add(tf.square(near), tf.square(far)) : tf.add(near, far));
  });
}

/**
 * The loss of the authors' collected code on cosines: their cross-entropy with the similarity of the labels, which that
 * code counts twice:
 *
 *     L = −(2/n²) Σᵢⱼ sᵢⱼ ln cᵢⱼ + (1 − sᵢⱼ) ln(1 − cᵢⱼ),   c the cosine, cut to [t, 1 − t]
 *
 * @param threshold  t, above 0
 * @returns scalar; see {@link cosineLoss} for the others
 */
export function cosineEntropyLoss(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  similar: tf.Tensor2D,
  { threshold }: Pick<CosineLossOptions, 'threshold'>,
): tf.Scalar {
  return tf.tidy(() => {
    const cosine = tf.clipByValue(cosines(a, b), threshold, 1 - threshold);
    const entropy = tf.add(
      tf.mul(similar, tf.log(cosine)),
      tf.mul(tf.sub(1, similar), tf.log(tf.sub(1, cosine))),
    );
    return tf.mul(tf.mean(entropy), -2);
  });
}
