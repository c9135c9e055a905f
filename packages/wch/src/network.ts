import type { Backbone, ForwardPass, Module, ParameterTree, Rng, tf } from '@hash/core';
import type { WchConfig } from './config.js';
import { HashHead } from './hashHead.js';

/** A backbone that yields patch tokens, and the hash head on top. */
export class WchNetwork implements Module {
  readonly parameters: ParameterTree;
  readonly head: HashHead;
  readonly #backbone: Backbone;

  constructor(backbone: Backbone, { bits, hiddenWidth, initialScale, batchNorm }: WchConfig, rng: Rng) {
    this.#backbone = backbone;
    this.head = new HashHead({ width: backbone.width, hiddenWidth, bits, initialScale, batchNorm, rng });
    this.parameters = { backbone: backbone.parameters, head: this.head.parameters };
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns patch tokens without the class token, [n, places, width]
   * @throws Error when the backbone has none
   */
  tokens(images: tf.Tensor4D, pass: ForwardPass): tf.Tensor3D {
    const { tokens } = this.#backbone.features(images, pass);
    if (tokens !== undefined) return tokens;
    throw new Error(
      `WCH compares images patch by patch, but the backbone ${this.#backbone.name} has no patch tokens.`,
    );
  }
}
