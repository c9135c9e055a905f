import { tf } from '../tf.js';
import { customGradient } from './customGradient.js';

/**
 * Shifts and scales to mean 0 and variance 1 along `axes`:
 *
 *     y = (x − mean) / √(variance + ε),   dx = (dy − mean(dy) − y mean(dy y)) / √(variance + ε)
 *
 * The gradient takes into account that the moments are those of x.
 *
 * @param mean      of x along the axes, with them kept as 1
 * @param variance  likewise, biased
 */
export function standardize<T extends tf.Tensor>(
  x: T,
  mean: tf.Tensor,
  variance: tf.Tensor,
  axes: number[],
  epsilon: number,
): T {
  return customGradient(x, (input, save) => {
    const inverse = tf.rsqrt(tf.add(variance, epsilon));
    const value = tf.mul<T>(tf.sub(input, mean), inverse);
    save([value, inverse]);
    return {
      value,
      gradient: (upstream, saved) => {
        const [y, inverse] = saved as [T, tf.Tensor];
        const along = tf.mul(y, tf.mean(tf.mul(upstream, y), axes, true));
        const centred = tf.sub(upstream, tf.mean(upstream, axes, true));
        return tf.mul(tf.sub(centred, along), inverse);
      },
    };
  });
}
