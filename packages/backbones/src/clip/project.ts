import { tf } from '@hash/core';

/**
 * The product of each token with a matrix.
 *
 * @param tokens  [n, places, width]
 * @param matrix  [width, features]
 * @returns [n, places, features]
 */
export function project(tokens: tf.Tensor3D, matrix: tf.Tensor2D): tf.Tensor3D {
  const [n, places, width] = tokens.shape;
  return tf.reshape(tf.matMul(tf.reshape(tokens, [n * places, width]), matrix), [n, places, matrix.shape[1]]);
}
