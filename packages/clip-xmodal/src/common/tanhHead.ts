import { dropout, Linear, tf, type ForwardPass, type Module, type ParameterTree, type Rng } from '@hash/core';

export interface TanhHeadOptions {
  /** Of a tower's pooled features. */
  readonly width: number;
  readonly bits: number;
  /** Rate of the outputs that are dropped before tanh. */
  readonly dropout: number;
  readonly rng: Rng;
}

/** Relaxed codes of a tower's pooled features: a linear layer, dropout, tanh. */
export class TanhHead implements Module {
  readonly parameters: ParameterTree;
  readonly #linear: Linear;
  readonly #dropout: number;

  constructor({ width, bits, dropout, rng }: TanhHeadOptions) {
    this.#dropout = dropout;
    this.#linear = new Linear({ inputs: width, outputs: bits, rng });
    this.parameters = this.#linear.parameters;
  }

  /**
   * @param pooled  [n, width]
   * @returns in (-1, 1), [n, bits]
   */
  apply(pooled: tf.Tensor2D, pass: ForwardPass): tf.Tensor2D {
    return tf.tanh(dropout(this.#linear.apply(pooled), this.#dropout, pass));
  }
}
