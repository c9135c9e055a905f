import type { Rng } from '../random/rng.js';
import type { tf } from '../tf.js';
import { attend } from './attend.js';
import { torchDefault, uniform, zeros, type Initializer } from './initializers.js';
import { Linear } from './linear.js';
import type { Module, ParameterTree } from './module.js';

export interface MultiHeadAttentionOptions {
  readonly width: number;
  /** Divides the width. */
  readonly heads: number;
  readonly rng: Rng;
  /** Of query, key and value; PyTorch's by default: U(-a, a), a = √(6 / (4 width)). */
  readonly kernel?: Initializer;
  /** Of the output projection; U(-1/√width, 1/√width) by default, as in PyTorch. */
  readonly outKernel?: Initializer;
  /** Of all four; zeros by default. */
  readonly bias?: Initializer;
}

/** Self-attention: {@link attend} between projections of the same places, and a projection of what it mixes. */
export class MultiHeadAttention implements Module {
  readonly heads: number;
  readonly query: Linear;
  readonly key: Linear;
  readonly value: Linear;
  readonly out: Linear;
  readonly parameters: ParameterTree;

  constructor(options: MultiHeadAttentionOptions) {
    const { width, heads, rng, outKernel = torchDefault(), bias = zeros() } = options;
    if (width % heads !== 0) {
      throw new Error(`MultiHeadAttention: expected heads to divide the width ${width}, but got ${heads}.`);
    }
    // PyTorch draws one kernel for all three, so its Xavier bound counts three widths of outputs.
    const bound = Math.sqrt(6 / (4 * width));
    const { kernel = uniform(-bound, bound) } = options;
    const projection = (initial: Initializer) =>
      new Linear({ inputs: width, outputs: width, rng, kernel: initial, bias });
    this.heads = heads;
    this.query = projection(kernel);
    this.key = projection(kernel);
    this.value = projection(kernel);
    this.out = projection(outKernel);
    this.parameters = {
      query: this.query.parameters,
      key: this.key.parameters,
      value: this.value.parameters,
      out: this.out.parameters,
    };
  }

  /**
   * @param x     [n, places, width]
   * @param mask  added to the scores, see {@link attend}
   * @returns [n, places, width]
   */
  apply(x: tf.Tensor3D, mask?: tf.Tensor): tf.Tensor3D {
    const mixed = attend(this.query.apply(x), this.key.apply(x), this.value.apply(x), {
      heads: this.heads,
      mask,
    });
    return this.out.apply(mixed);
  }
}
