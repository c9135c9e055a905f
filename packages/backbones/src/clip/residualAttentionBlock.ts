import {
  LayerNorm,
  Linear,
  quickGelu,
  tf,
  type Initializer,
  type Module,
  type ParameterTree,
  type Rng,
} from '@hash/core';
import { EPSILON } from './epsilon.js';
import { SelfAttention } from './selfAttention.js';
import { torchNames } from './torchNames.js';

/** First values of a block's kernels; PyTorch's where left out. */
export interface BlockKernels {
  /** Of query, key and value. */
  readonly attention?: Initializer;
  /** Of both products whose result is added to the block's input. */
  readonly residual?: Initializer;
  /** Of the MLP's first product. */
  readonly expand?: Initializer;
}

export interface ResidualAttentionBlockOptions {
  readonly width: number;
  readonly heads: number;
  readonly rng: Rng;
  readonly kernels?: BlockKernels;
}

/**
 * The block of CLIP's transformers, normalised before each half, its MLP four times as wide inside:
 *
 *     x = x + attention(norm(x)),   x = x + contract(quickGelu(expand(norm(x))))
 */
export class ResidualAttentionBlock implements Module {
  readonly parameters: ParameterTree;
  readonly #attentionNorm: LayerNorm;
  readonly #attention: SelfAttention;
  readonly #mlpNorm: LayerNorm;
  readonly #expand: Linear;
  readonly #contract: Linear;

  constructor({ width, heads, rng, kernels = {} }: ResidualAttentionBlockOptions) {
    const { attention, residual, expand } = kernels;
    const mlpWidth = 4 * width;
    this.#attentionNorm = new LayerNorm({ width, epsilon: EPSILON });
    this.#attention = new SelfAttention({ width, heads, rng, kernel: attention, outKernel: residual });
    this.#mlpNorm = new LayerNorm({ width, epsilon: EPSILON });
    this.#expand = new Linear({ inputs: width, outputs: mlpWidth, rng, ...(expand && { kernel: expand }) });
    this.#contract = new Linear({
      inputs: mlpWidth,
      outputs: width,
      rng,
      ...(residual && { kernel: residual }),
    });
    this.parameters = {
      attn: this.#attention.parameters,
      ln_1: torchNames(this.#attentionNorm),
      mlp: { c_fc: torchNames(this.#expand), c_proj: torchNames(this.#contract) },
      ln_2: torchNames(this.#mlpNorm),
    };
  }

  /**
   * @param x     [n, places, width]
   * @param mask  added to the scores of attention, see `attend`
   * @returns [n, places, width]
   */
  apply(x: tf.Tensor3D, mask?: tf.Tensor): tf.Tensor3D {
    return tf.tidy(() => {
      const attended = tf.add<tf.Tensor3D>(x, this.#attention.apply(this.#attentionNorm.apply(x), mask));
      const hidden = quickGelu(this.#expand.apply(this.#mlpNorm.apply(attended))); // [n, places, 4 width]
      return tf.add(attended, this.#contract.apply(hidden));
    });
  }
}
