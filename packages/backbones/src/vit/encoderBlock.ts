import {
  dropout,
  gelu,
  initializers,
  LayerNorm,
  Linear,
  MultiHeadAttention,
  tf,
  type ForwardPass,
  type Module,
  type ParameterTree,
  type Rng,
} from '@hash/core';
import { EPSILON } from './epsilon.js';

export interface EncoderBlockOptions {
  readonly width: number;
  readonly heads: number;
  readonly mlpWidth: number;
  /** Rate after the MLP's activation and after its second product. */
  readonly dropout: number;
  readonly rng: Rng;
}

/**
 * A block of the encoder, normalised before each half:
 *
 *     x = x + attention(norm(x)),   x = x + mlp(norm(x))
 *
 * First values are those of the published JAX program.
 */
export class EncoderBlock implements Module {
  readonly parameters: ParameterTree;
  readonly #attentionNorm: LayerNorm;
  readonly #attention: MultiHeadAttention;
  readonly #mlpNorm: LayerNorm;
  readonly #expand: Linear;
  readonly #contract: Linear;
  readonly #dropout: number;

  constructor({ width, heads, mlpWidth, dropout, rng }: EncoderBlockOptions) {
    const kernel = initializers.xavierUniform();
    const bias = initializers.normal(1e-6);
    this.#dropout = dropout;
    this.#attentionNorm = new LayerNorm({ width, epsilon: EPSILON });
    this.#attention = new MultiHeadAttention({ width, heads, rng, kernel, outKernel: kernel });
    this.#mlpNorm = new LayerNorm({ width, epsilon: EPSILON });
    this.#expand = new Linear({ inputs: width, outputs: mlpWidth, rng, kernel, bias });
    this.#contract = new Linear({ inputs: mlpWidth, outputs: width, rng, kernel, bias });
    this.parameters = {
      LayerNorm_0: this.#attentionNorm.parameters,
      MultiHeadDotProductAttention_1: this.#attention.parameters,
      LayerNorm_2: this.#mlpNorm.parameters,
      MlpBlock_3: { Dense_0: this.#expand.parameters, Dense_1: this.#contract.parameters },
    };
  }

  /**
   * @param x  [n, places, width]
   * @returns likewise
   */
  apply(x: tf.Tensor3D, pass: ForwardPass): tf.Tensor3D {
    return tf.tidy(() => {
      const attended = tf.add<tf.Tensor3D>(x, this.#attention.apply(this.#attentionNorm.apply(x)));
      return tf.add(attended, this.#mlp(this.#mlpNorm.apply(attended), pass));
    });
  }

  #mlp(x: tf.Tensor3D, pass: ForwardPass): tf.Tensor3D {
    const hidden = dropout(gelu(this.#expand.apply(x)), this.#dropout, pass); // [n, places, mlpWidth]
    return dropout(this.#contract.apply(hidden), this.#dropout, pass);
  }
}
