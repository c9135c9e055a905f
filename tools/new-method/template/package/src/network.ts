import {
  Linear,
  type Backbone,
  type ForwardPass,
  type Module,
  type ParameterTree,
  type Rng,
  type tf,
} from '@hash/core';

/** A backbone and the hash layer on its features. */
export class __Pascal__Network implements Module {
  readonly parameters: ParameterTree;
  readonly #backbone: Backbone;
  readonly #layer: Linear;

  constructor(backbone: Backbone, bits: number, rng: Rng) {
    this.#backbone = backbone;
    this.#layer = new Linear({ inputs: backbone.width, outputs: bits, rng });
    this.parameters = { backbone: backbone.parameters, layer: this.#layer.parameters };
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns relaxed codes, [n, bits], whose signs are the codes
   */
  apply(images: tf.Tensor4D, pass: ForwardPass): tf.Tensor2D {
    return this.#layer.apply(this.#backbone.features(images, pass).pooled);
  }
}
