import { initializers, Linear, tf, type ParameterTree, type Rng } from '@hash/core';
import type { PairHead } from '../common/pairHead.js';
import { selection } from '../common/selection.js';

export interface SelectHeadOptions {
  /** Of the pooled features. */
  readonly width: number;
  readonly hiddenWidth: number;
  readonly bits: number;
  readonly rng: Rng;
}

/**
 * The head of the authors' first code: a linear layer with ReLU, then for each bit a linear layer of two outputs. Those
 * are one matrix here, so that the norm of their gradient is cut for all of them together.
 */
export class SelectHead implements PairHead {
  readonly parameters: ParameterTree;
  readonly #hidden: Linear;
  readonly #bits: Linear;

  constructor({ width, hiddenWidth, bits, rng }: SelectHeadOptions) {
    const bias = initializers.zeros();
    this.#hidden = new Linear({
      inputs: width,
      outputs: hiddenWidth,
      rng: rng.fork('hidden'),
      kernel: initializers.kaimingUniform({ mode: 'fanOut' }),
      bias,
    });
    // As if each bit had its own layer: √(6 / 2).
    const kernel = initializers.uniform(-Math.sqrt(3), Math.sqrt(3));
    this.#bits = new Linear({ inputs: hiddenWidth, outputs: 2 * bits, rng: rng.fork('bits'), kernel, bias });
    this.parameters = { hidden: this.#hidden.parameters, bits: this.#bits.parameters };
  }

  apply(pooled: tf.Tensor2D): tf.Tensor2D {
    return selection(this.#bits.apply(tf.relu(this.#hidden.apply(pooled))));
  }
}
