import { tf } from '@hash/core';
import { squaredDistances } from '../common/squaredDistances.js';

/**
 * How far apart two clouds of vectors are as a whole, whichever belongs to which: the squared maximum mean discrepancy under
 * the kernel exp(−½ ‖x − y‖), whose distance is not squared:
 *
 *     L = mean k(a, a) − 2 mean k(a, b) + mean k(b, b)
 *
 * @param a  [n, bits]
 * @param b  [m, bits]
 * @returns scalar
 * @see Gretton et al., JMLR 13, 2012
 */
export function discrepancyLoss(a: tf.Tensor2D, b: tf.Tensor2D): tf.Scalar {
  return tf.tidy(() => {
    const meanKernel = (x: tf.Tensor2D, y: tf.Tensor2D) => tf.mean(kernel(squaredDistances(x, y)));
    return tf.sub<tf.Scalar>(tf.add(meanKernel(a, a), meanKernel(b, b)), tf.mul(meanKernel(a, b), 2));
  });
}

/** Clamped below the root, whose slope at 0 is infinite: no gradient between equal vectors, as in PyTorch. */
function kernel(squared: tf.Tensor): tf.Tensor {
  return tf.exp(tf.mul(tf.sqrt(tf.maximum(squared, 1e-12)), -0.5));
}
