import { tf } from '@hash/core';
import { squaredDistances } from '../common/squaredDistances.js';

export interface EuclideanLossOptions {
  /** Of the distances. */
  readonly power: 1 | 2;
  /** Distance M from which on items are apart enough. */
  readonly maximum: number;
}

/**
 * Draws items of a class together and pushes others apart, as far as `maximum`:
 *
 *     L = (1/n²) Σᵢⱼ sᵢⱼ dᵢⱼᵖ + (1 − sᵢⱼ) max(M − dᵢⱼ, 0)ᵖ,   dᵢⱼ = ‖aᵢ − bⱼ‖
 *
 * @param a        pairs of probabilities of one modality, [n, 2 bits]
 * @param b        those of the same or another one, [n, 2 bits]
 * @param similar  s, ones and zeros, [n, n]
 * @returns scalar, the mean over all pairs of items
 * @see Tu et al., ACM Multimedia 2022, eq. 6 to 10, doi:10.1145/3503161.3548187
 */
export function euclideanLoss(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  similar: tf.Tensor2D,
  { power, maximum }: EuclideanLossOptions,
): tf.Scalar {
  return tf.tidy(() => {
    const squared = squaredDistances(a, b); // [n, n]
    // Clamped below the root, whose slope at 0 is infinite: no gradient where two codes are the same, as in PyTorch.
    const distance = tf.sqrt(tf.maximum(squared, 1e-12));
    const short = tf.relu(tf.sub(maximum, distance));
    const [near, far] = power === 2 ? [squared, tf.square(short)] : [distance, short];
    return tf.mean(tf.add(tf.mul(similar, near), tf.mul(tf.sub(1, similar), far)));
  });
}
