import { tf } from '@hash/core';

/**
 * How alike two sets of vectors are: each vector looks for the nearest one of the other set, by a soft maximum:
 *
 *     s(A, B) = 1/(2Mτ) [ Σ_a ln Σ_b exp(τ a·b) + Σ_b ln Σ_a exp(τ a·b) ]
 *
 * @param a  sets of M vectors of length 1, [n, M, bits]
 * @param b  likewise, [m, M, bits]
 * @param temperature  τ, above 0: the higher, the closer to the maximum
 * @returns of all pairs of sets, [n, m]; up to 1 + ln(M)/τ
 */
export function smoothChamfer(a: tf.Tensor3D, b: tf.Tensor3D, temperature: number): tf.Tensor2D {
  const [[n, size, bits], [m]] = [a.shape, b.shape];
  return tf.tidy(() => {
    const products = tf.matMul(tf.reshape(a, [n * size, bits]), tf.reshape(b, [m * size, bits]), false, true);
    const scaled = tf.reshape(tf.mul(products, temperature), [n, size, m, size]);
    const nearest = (axis: 1 | 3) => tf.sum<tf.Tensor2D>(tf.logSumExp(scaled, axis), axis === 3 ? 1 : 2); // [n, m]
    return tf.div(tf.add(nearest(3), nearest(1)), 2 * size * temperature);
  });
}
