import type { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
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

/**
 * Self-attention: each head mixes the values of all places by the likeness of their keys to its query,
 * `softmax(Q Kᵀ / √d) V` with d features a head.
 *
 * @see Vaswani et al., NeurIPS 2017, arXiv:1706.03762
 */
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
   * @param mask  added to the scores, of a shape that broadcasts to [n, heads, places, places] (query, then key): 0 where
   *              a query sees a key, -Infinity where not; each query must see a key
   * @returns [n, places, width]
   */
  apply(x: tf.Tensor3D, mask?: tf.Tensor): tf.Tensor3D {
    const width = x.shape[2];
    // Scaling the query is cheaper than scaling the scores.
    const query = tf.mul(this.#split(this.query.apply(x)), Math.sqrt(this.heads / width));
    const scores = tf.matMul(query, this.#split(this.key.apply(x)), false, true); // [n, heads, places, places]
    const weights = tf.softmax(mask ? tf.add(scores, mask) : scores);
    const mixed = tf.matMul(weights, this.#split(this.value.apply(x))); // [n, heads, places, d]
    return this.out.apply(tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), x.shape));
  }

  /** [n, places, width] to [n, heads, places, d] */
  #split(x: tf.Tensor3D): tf.Tensor4D {
    const [n, places, width] = x.shape;
    return tf.transpose(tf.reshape(x, [n, places, this.heads, width / this.heads]), [0, 2, 1, 3]);
  }
}
