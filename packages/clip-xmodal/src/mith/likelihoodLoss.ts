import { tf } from '@hash/core';

/**
 * The negative logarithm of the likelihood that pairs share a class, where half the product of their codes is the log-odds:
 *
 *     L = −(1/mn) Σᵢⱼ (sᵢⱼ θᵢⱼ − ln(1 + exp θᵢⱼ)),   θᵢⱼ = ½ clip(aᵢ · bⱼ, −64, 64)
 *
 * @param known    a, codes of items that are not differentiated, [m, bits]
 * @param hashes   b, relaxed codes, [n, bits]
 * @param similar  s, ones and zeros, [m, n]
 * @returns scalar, the mean over all pairs
 */
export function likelihoodLoss(known: tf.Tensor2D, hashes: tf.Tensor2D, similar: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const products = tf.clipByValue(tf.matMul(known, hashes, false, true), -64, 64); // [m, n]
    const logOdds = tf.mul(products, 0.5);
    return tf.mean(tf.sub(tf.softplus(logOdds), tf.mul(similar, logOdds)));
  });
}
