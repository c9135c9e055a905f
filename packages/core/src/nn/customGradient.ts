import { tf } from '../tf.js';

/** A value, and how the gradient of what is made of it turns into that of the argument. */
export interface Differentiated<T extends tf.Tensor> {
  readonly value: T;
  /** @param saved  the tensors that `save` was given, in its order */
  readonly gradient: (upstream: T, saved: readonly tf.Tensor[]) => T;
}

/**
 * Applies a function whose gradient is written by hand: one node for the chain rule instead of one for each operation.
 * This is `tf.customGrad` for one argument, with types.
 *
 * @param forward  may close over other tensors; no gradient flows to those
 */
export function customGradient<T extends tf.Tensor>(
  x: T,
  forward: (x: T, save: (tensors: tf.Tensor[]) => void) => Differentiated<T>,
): T {
  const apply = tf.customGrad((...inputs) => {
    const { value, gradient } = forward(inputs[0] as T, inputs[1] as (tensors: tf.Tensor[]) => void);
    return { value, gradFunc: (upstream: T, saved: tf.Tensor[]) => gradient(upstream, saved) };
  });
  return apply(x);
}
