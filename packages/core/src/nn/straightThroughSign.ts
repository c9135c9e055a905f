import { tf } from '../tf.js';
import { customGradient } from './customGradient.js';

/**
 * The sign, -1, 0 or 1, through which gradients pass as if it were the identity: `t + stopGradient(sign(t) - t)`.
 * Apply it to `tanh(u)`, and the gradient of `u` is the upstream one times `1 - tanh²(u)`.
 */
export function straightThroughSign<T extends tf.Tensor>(t: T): T {
  return customGradient(t, (x) => ({ value: tf.sign(x), gradient: (upstream) => tf.clone(upstream) }));
}
