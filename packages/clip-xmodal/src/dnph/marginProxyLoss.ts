import { tf } from '@hash/core';
import { cosines } from '../common/cosines.js';

/**
 * Draws items to the proxies of their classes, by a softmax over the distances to all proxies; those of an item's own
 * classes count as farther away than they are, so that it has to come close:
 *
 *     L = −(1/n) Σᵢ Σ_c yᵢ_c ln softmax_c(−dᵢ),   dᵢ_c = ‖hᵢ/‖hᵢ‖ − p_c/‖p_c‖‖² + m yᵢ_c
 *
 * @param hashes   h, relaxed codes, [n, bits]
 * @param proxies  p, [classes, bits]
 * @param labels   y, zeros and ones, [n, classes]
 * @param margin   m, at least 0
 * @returns scalar; an item adds one term for each of its classes, and none if it has none
 * @see Huo et al., ACM TOMM 20(6), 2024, article 169, doi:10.1145/3643639
 */
export function marginProxyLoss(
  hashes: tf.Tensor2D,
  proxies: tf.Tensor2D,
  labels: tf.Tensor2D,
  margin: number,
): tf.Scalar {
  return tf.tidy(() => {
    // Of vectors of length 1: ‖a − b‖² = 2 − 2 cos(a, b).
    const distances = tf.sub(2, tf.mul(cosines(hashes, proxies), 2)); // [n, classes]
    const logProbabilities = tf.logSoftmax(tf.neg(tf.add(distances, tf.mul(labels, margin)))); // [n, classes]
    return tf.div(tf.sum(tf.mul(labels, logProbabilities)), -hashes.shape[0]);
  });
}
