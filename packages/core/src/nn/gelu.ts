import { tf } from '../tf.js';
import { customGradient } from './customGradient.js';

/**
 * The Gaussian error linear unit in its exact form, with Φ the normal distribution function and φ its density:
 *
 *     gelu(x) = x Φ(x),   gelu'(x) = Φ(x) + x φ(x)
 *
 * @see Hendrycks & Gimpel, 2016, arXiv:1606.08415
 */
export function gelu<T extends tf.Tensor>(x: T): T {
  return customGradient(x, (input, save) => {
    const below = tf.add(tf.mul(tf.erf(tf.mul(input, Math.SQRT1_2)), 0.5), 0.5); // Φ(x)
    save([input, below]);
    return {
      value: tf.mul(input, below),
      gradient: (upstream, saved) => {
        const [x, below] = saved as [T, tf.Tensor];
        const density = tf.mul(tf.exp(tf.mul(tf.square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
        return tf.mul(upstream, tf.add(below, tf.mul(x, density)));
      },
    };
  });
}

/** CLIP's approximation of {@link gelu}: `x · sigmoid(1.702 x)`. */
export function quickGelu<T extends tf.Tensor>(x: T): T {
  return tf.mul(x, tf.sigmoid(tf.mul(x, 1.702)));
}
