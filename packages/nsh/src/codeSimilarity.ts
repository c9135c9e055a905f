import { tf } from '@hash/core';

/**
 * How alike codes are: the share of bits in which they agree.
 *
 *     S[i,j] = b1[i]·b2[j] / (2 bits) + 1/2 = 1 - hamming(b1[i], b2[j]) / bits
 *
 * For codes of ±1 the products are whole numbers, so that equal distances give equal floats: ties are exact.
 *
 * @param b1  codes of the first views, [n, bits], in {-1, 0, 1}; or relaxed ones in [-1, 1]
 * @param b2  codes of the second views, [n, bits]
 * @returns S, [n, n], in [0, 1]
 * @see Yu, Shen, Wang, Zhang & Torr, IJCAI 2022, arXiv:2201.13322
 */
export function codeSimilarity(b1: tf.Tensor2D, b2: tf.Tensor2D): tf.Tensor2D {
  if (String(b2.shape) !== String(b1.shape)) {
    throw new Error(
      `codeSimilarity: expected b2 to have the shape of b1, [${b1.shape}], but got [${b2.shape}].`,
    );
  }
  const bits = b1.shape[1];
  return tf.tidy(() => tf.add(tf.div(tf.matMul(b1, b2, false, true), 2 * bits), 0.5)); // [n, n]
}
