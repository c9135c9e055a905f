import { tf } from '../tf.js';

/**
 * The value of `compute`, through which no gradient flows: PyTorch's `no_grad`. It has no inputs, so the tape ends
 * there, and nothing that it makes is kept for the way back.
 */
export function detached<T extends tf.Tensor>(compute: () => T): T {
  return tf.customGrad(() => ({ value: compute(), gradFunc: () => [] }))();
}
