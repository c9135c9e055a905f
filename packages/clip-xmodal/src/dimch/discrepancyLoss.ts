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
    const between = tf.mul(tf.mean(kernel(squaredDistances(a, b))), 2);
    return tf.sub<tf.Scalar>(tf.add(within(a), within(b)), between);
  });
}

/** A vector is at distance 0 from itself exactly, where rounding would give the root a huge slope. */
function within(x: tf.Tensor2D): tf.Tensor {
  const others = tf.sub(1, tf.eye(x.shape[0]));
  return tf.mean(kernel(tf.mul(squaredDistances(x, x), others)));
}

/** Clamped below the root, whose slope at 0 is infinite: no gradient between equal vectors, as in PyTorch. */
function kernel(squared: tf.Tensor): tf.Tensor {
  return tf.exp(tf.mul(tf.sqrt(tf.maximum(squared, 1e-12)), -0.5));
}
