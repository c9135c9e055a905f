import { Linear, tf, type Module, type ParameterTree, type Rng } from '@hash/core';

export interface HashHeadOptions {
  /** Numbers in what it reads. */
  readonly inputs: number;
  /** Of a layer with ReLU before the hash layer; 0: none. */
  readonly hiddenWidth: number;
  readonly bits: number;
  readonly rng: Rng;
}

/** The hash layer of a modality, with a layer before it or none; both start as in PyTorch. */
export class HashHead implements Module {
  readonly parameters: ParameterTree;
  readonly #hidden: Linear | undefined;
  readonly #hash: Linear;

  constructor({ inputs, hiddenWidth, bits, rng }: HashHeadOptions) {
    if (hiddenWidth > 0) {
      this.#hidden = new Linear({ inputs, outputs: hiddenWidth, rng: rng.fork('hidden') });
    }
    this.#hash = new Linear({ inputs: hiddenWidth || inputs, outputs: bits, rng: rng.fork('hash') });
    this.parameters = {
      ...(this.#hidden && { hidden: this.#hidden.parameters }),
      hash: this.#hash.parameters,
    };
  }

  /**
   * @param features  [n, inputs]
   * @returns what a code is the sign of, [n, bits]
   */
  apply(features: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => {
      const hidden = this.#hidden ? tf.relu(this.#hidden.apply(features)) : features; // [n, hiddenWidth]
      return this.#hash.apply(hidden);
    });
  }
}
