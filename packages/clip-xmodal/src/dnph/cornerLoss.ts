import { tf } from '@hash/core';
import { minimalAssignment } from './minimalAssignment.js';

/**
 * Spreads codes over all corners of the cube: each item is drawn to a random corner that no other item of the batch has,
 * such that all are as near to theirs as can be:
 *
 *     L = −(1/n) Σᵢ hᵢ · r_π(i),   π = argmin Σᵢ ‖hᵢ − r_π(i)‖
 *
 * The norm is not squared, so π is not the assignment of largest products; no gradient flows through it.
 *
 * @param hashes   h, relaxed codes, [n, bits]
 * @param corners  r, -1 and 1, [n, bits]
 * @returns scalar
 * @see Huo et al., ACM TOMM 20(6), 2024, article 169, doi:10.1145/3643639
 */
export function cornerLoss(hashes: tf.Tensor2D, corners: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const nearest = tf.gather(corners, tf.tensor1d(nearestCorners(hashes, corners), 'int32')); // [n, bits]
    return tf.div(tf.sum(tf.mul(hashes, nearest)), -hashes.shape[0]);
  });
}

/**
 * The assignment π of {@link cornerLoss}: which row of `corners` each item has. Reads both from the device.
 *
 * @returns [n]
 */
export function nearestCorners(hashes: tf.Tensor2D, corners: tf.Tensor2D): Int32Array {
  const [n, bits] = hashes.shape;
  const [h, r] = [hashes.dataSync(), corners.dataSync()];
  const cost = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < n; j++) {
      let squared = 0;
      for (let bit = 0; bit < bits; bit++) squared += (h[i * bits + bit]! - r[j * bits + bit]!) ** 2;
      cost[i * n + j] = Math.sqrt(squared);
    }
  }
  return Int32Array.from(minimalAssignment(cost, n));
}
