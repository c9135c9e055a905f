import { l2Normalize, tf } from '@hash/core';

/**
 * Penalises codes whose pairwise cosines stray from a target affinity.
 *
 *     L = (1/m²) Σᵢⱼ (cos(uᵢ, vⱼ) − sᵢⱼ)²
 *
 * @param u         relaxed codes of one modality, [m, bits], any scale; a row of zeros has cosine 0
 * @param v         relaxed codes of the other, or the same again, [m, bits]
 * @param affinity  target cosines s, [m, m]
 * @returns scalar, the mean over pairs
 * @see Su, Zhong & Zhang, ICCV 2019, doi:10.1109/ICCV.2019.00312
 */
export function reconstructionLoss(u: tf.Tensor2D, v: tf.Tensor2D, affinity: tf.Tensor2D): tf.Scalar {
  const [m] = u.shape;
  if (String(v.shape) !== String(u.shape)) {
    throw new Error(
      `reconstructionLoss: expected v to have the shape of u, [${u.shape.join(', ')}], but got [${v.shape.join(', ')}].`,
    );
  }
  if (String(affinity.shape) !== String([m, m])) {
    throw new Error(
      `reconstructionLoss: expected an affinity of shape [${m}, ${m}], but got [${affinity.shape.join(', ')}].`,
    );
  }
  return tf.tidy(() => {
    const cosines = tf.matMul(l2Normalize(u), l2Normalize(v), false, true); // [m, m]
    return tf.mean(tf.squaredDifference(cosines, affinity));
  });
}
