import {
  BatchNorm,
  INFERENCE,
  initializers,
  LayerNorm,
  Linear,
  tf,
  type ForwardPass,
  type Module,
  type ParameterTree,
  type Rng,
} from '@hash/core';

export interface HashHeadOptions {
  /** Features of the backbone. */
  readonly width: number;
  readonly hiddenWidth: number;
  readonly bits: number;
  /** Factor on the first values of the layers; 1, the authors' code, by default. */
  readonly initialScale?: number;
  /** A batch normalisation in place of the LayerNorm; false, the authors' code, by default. */
  readonly batchNorm?: boolean;
  readonly rng: Rng;
}

/**
 * Makes relaxed codes of an image's patches: their mean, a LayerNorm, a hidden layer with ReLU, and tanh.
 *
 * The layers start as in the authors' code, with kernels of U(-a, a), a = √(6 / fan out), and biases of N(0, 1). At few
 * bits most outputs are therefore saturated at first: for 16 bits the logits have a deviation near 12.7. A pretrained
 * backbone copes with that; a network from scratch learns sooner with an `initialScale` below 1.
 */
export class HashHead implements Module {
  readonly parameters: ParameterTree;
  readonly #norm: LayerNorm | BatchNorm;
  readonly #hidden: Linear;
  readonly #code: Linear;

  constructor({ width, hiddenWidth, bits, initialScale = 1, batchNorm = false, rng }: HashHeadOptions) {
    const kernel = initializers.kaimingUniform({ mode: 'fanOut', gain: Math.SQRT2 * initialScale });
    const start = { kernel, bias: initializers.normal(initialScale) };
    this.#norm = batchNorm ? new BatchNorm({ channels: width }) : new LayerNorm({ width, epsilon: 1e-6 });
    this.#hidden = new Linear({ inputs: width, outputs: hiddenWidth, rng: rng.fork('hidden'), ...start });
    this.#code = new Linear({ inputs: hiddenWidth, outputs: bits, rng: rng.fork('code'), ...start });
    this.parameters = {
      norm: this.#norm.parameters,
      hidden: this.#hidden.parameters,
      code: this.#code.parameters,
    };
  }

  /**
   * @param tokens  patch tokens, [n, places, width]
   * @returns relaxed codes in (-1, 1), [n, bits]
   */
  apply(tokens: tf.Tensor3D, pass: ForwardPass = INFERENCE): tf.Tensor2D {
    return tf.tidy(() => {
      const pooled = tf.mean<tf.Tensor2D>(tokens, 1); // [n, width]
      const hidden = tf.relu(this.#hidden.apply(this.#norm.apply(pooled, pass))); // [n, hiddenWidth]
      return tf.tanh(this.#code.apply(hidden)); // [n, bits]
    });
  }
}
