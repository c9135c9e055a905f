import { l2Normalize, tf } from '@hash/core';

export interface JointAffinityOptions {
  /** β in [0, 1] */
  readonly imageShare: number;
  /** η in [0, 1] */
  readonly neighbourShare: number;
  /** μ > 0 */
  readonly scale: number;
  /** Whether a cosine c counts as 2c − 1; by default it does. */
  readonly stretch?: boolean;
}

/**
 * How alike the pairs of a batch are, by their images, their texts, and which others they are like:
 *
 *     S̃ = β S_I + (1 − β) S_T,   S = μ ((1 − η) S̃ + η S̃ S̃ᵀ / m)
 *
 * S_I and S_T have 2 cos − 1 of the features of either modality. A row of zeros has cosine 0 with all, itself too. With
 * μ > 1 some targets are above 1, which no cosine of codes reaches: they are not cut.
 *
 * @param images  features of the images, [m, any]
 * @param texts   features of the texts, [m, any]
 * @returns symmetric, [m, m]
 * @see Su, Zhong & Zhang, ICCV 2019, section 3.2
 */
export function jointAffinity(
  images: tf.Tensor2D,
  texts: tf.Tensor2D,
  { imageShare, neighbourShare, scale, stretch = true }: JointAffinityOptions,
): tf.Tensor2D {
  const pairs = images.shape[0];
  if (texts.shape[0] !== pairs) {
    throw new Error(`jointAffinity: expected as many texts as images, ${pairs}, but got ${texts.shape[0]}.`);
  }
  return tf.tidy(() => {
    const image = tf.mul(similarity(images, stretch), imageShare);
    const text = tf.mul(similarity(texts, stretch), 1 - imageShare);
    const both = tf.add<tf.Tensor2D>(image, text); // [m, m]
    const neighbours = tf.div(tf.matMul(both, both, false, true), pairs); // [m, m]
    const joint = tf.add(tf.mul(both, 1 - neighbourShare), tf.mul(neighbours, neighbourShare));
    return tf.mul<tf.Tensor2D>(joint, scale);
  });
}

function similarity(features: tf.Tensor2D, stretch: boolean): tf.Tensor2D {
  const directions = l2Normalize(features);
  const cosines = tf.matMul<tf.Tensor2D>(directions, directions, false, true); // [m, m]
  return stretch ? tf.sub<tf.Tensor2D>(tf.mul(cosines, 2), 1) : cosines;
}
