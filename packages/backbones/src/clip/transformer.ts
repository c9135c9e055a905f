import type { Module, ParameterTree, tf } from '@hash/core';
import { ResidualAttentionBlock, type ResidualAttentionBlockOptions } from './residualAttentionBlock.js';

export interface TransformerOptions extends ResidualAttentionBlockOptions {
  /** Number of blocks. */
  readonly depth: number;
}

/** Blocks one after another. */
export class Transformer implements Module {
  readonly parameters: ParameterTree;
  readonly #blocks: readonly ResidualAttentionBlock[];

  constructor({ depth, ...block }: TransformerOptions) {
    this.#blocks = Array.from(
      { length: depth },
      (_, i) => new ResidualAttentionBlock({ ...block, rng: block.rng.fork('block', i) }),
    );
    this.parameters = {
      resblocks: Object.fromEntries(this.#blocks.map(({ parameters }, i) => [i, parameters])),
    };
  }

  /**
   * @param x     [n, places, width]
   * @param mask  added to the scores of attention, see `attend`
   * @returns [n, places, width]
   */
  apply(x: tf.Tensor3D, mask?: tf.Tensor): tf.Tensor3D {
    return this.#blocks.reduce((y, block) => block.apply(y, mask), x);
  }
}
