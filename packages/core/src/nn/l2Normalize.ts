import { tf } from '../tf.js';

/**
 * Scales vectors to length 1: `x / max(‖x‖, epsilon)`. A zero vector stays zero, and its gradient is finite: the square
 * is clamped below the root, so the root's infinite slope at 0 is never met.
 *
 * @param axis  along which a vector lies
 */
export function l2Normalize<T extends tf.Tensor>(x: T, axis = -1, epsilon = 1e-12): T {
  const squared = tf.sum(tf.square(x), axis, true);
  return tf.div(x, tf.sqrt(tf.maximum(squared, epsilon * epsilon)));
}
