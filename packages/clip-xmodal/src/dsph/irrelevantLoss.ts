import { tf } from '@hash/core';
import { cosines } from '../common/cosines.js';
import { meanWhere } from './meanWhere.js';

/**
 * Pushes apart items that share no class, which proxies alone may leave side by side between those of their classes. Only
 * items of several classes count:
 *
 *     L = mean over Z of max(cos(aᵢ, bⱼ) − ζ, 0),   Z the pairs with Σyᵢ > 1, Σyⱼ > 1, yᵢ·yⱼ = 0
 *
 * @param a          relaxed codes of one modality, [n, bits]
 * @param b          those of the same or another one, [n, bits]
 * @param labels     y, zeros and ones, [n, classes]
 * @param threshold  ζ, cosine that such items may keep
 * @returns scalar; 0 where there are no such pairs
 * @see Huo et al., IEEE TCSVT 34(1), 2024, doi:10.1109/TCSVT.2023.3285266
 */
export function irrelevantLoss(
  a: tf.Tensor2D,
  b: tf.Tensor2D,
  labels: tf.Tensor2D,
  threshold: number,
): tf.Scalar {
  return tf.tidy(() => {
    const several = tf.cast(tf.greater(tf.sum(labels, 1, true), 1), 'float32'); // [n, 1]
    const apart = tf.cast(tf.equal(tf.matMul(labels, labels, false, true), 0), 'float32'); // [n, n]
    const counted = tf.mul<tf.Tensor2D>(tf.mul(several, tf.transpose(several)), apart); // [n, n]
    return meanWhere(counted, tf.relu(tf.sub(cosines(a, b), threshold)));
  });
}
