import {
  attend,
  initializers,
  Linear,
  tf,
  type Initializer,
  type Module,
  type ParameterTree,
  type Rng,
} from '@hash/core';
import { torchNames } from './torchNames.js';

export interface SelfAttentionOptions {
  readonly width: number;
  /** Divides the width. */
  readonly heads: number;
  readonly rng: Rng;
  /** Of query, key and value in one; PyTorch's by default: U(-a, a), a = √(6 / (4 width)). */
  readonly kernel?: Initializer | undefined;
  /** Of the output projection; U(-1/√width, 1/√width) by default, as in PyTorch. */
  readonly outKernel?: Initializer | undefined;
}

/**
 * PyTorch's `MultiheadAttention` of a sequence to itself, with its names. Query, key and value come from one kernel: one
 * matrix product, and one gradient for an optimiser that clips each parameter by itself.
 */
export class SelfAttention implements Module {
  readonly parameters: ParameterTree;
  readonly #heads: number;
  readonly #in: Linear;
  readonly #out: Linear;

  constructor({ width, heads, rng, kernel, outKernel }: SelfAttentionOptions) {
    if (width % heads !== 0) {
      throw new Error(`SelfAttention: expected heads to divide the width ${width}, but got ${heads}.`);
    }
    const bias = initializers.zeros();
    this.#heads = heads;
    this.#in = new Linear({
      inputs: width,
      outputs: 3 * width,
      rng,
      kernel: kernel ?? initializers.xavierUniform(),
      bias,
    });
    this.#out = new Linear({
      inputs: width,
      outputs: width,
      rng,
      bias,
      ...(outKernel && { kernel: outKernel }),
    });
    this.parameters = {
      in_proj_weight: this.#in.kernel,
      in_proj_bias: this.#in.bias!,
      out_proj: torchNames(this.#out),
    };
  }

  /**
   * @param x     [n, places, width]
   * @param mask  added to the scores, see `attend`
   * @returns [n, places, width]
   */
  apply(x: tf.Tensor3D, mask?: tf.Tensor): tf.Tensor3D {
    const [query, key, value] = tf.split(this.#in.apply(x), 3, 2) as [tf.Tensor3D, tf.Tensor3D, tf.Tensor3D];
    return this.#out.apply(attend(query, key, value, { heads: this.#heads, mask }));
  }
}
