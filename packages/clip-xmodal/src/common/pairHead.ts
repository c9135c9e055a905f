import type { ForwardPass, Module, tf } from '@hash/core';

/** Makes pairs of probabilities of a tower's pooled features. */
export interface PairHead extends Module {
  /**
   * @param pooled  [n, width]
   * @returns see `selection`, [n, 2 bits]
   */
  apply(pooled: tf.Tensor2D, pass: ForwardPass): tf.Tensor2D;
}
