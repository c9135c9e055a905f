import {
  initializers,
  Linear,
  type Backbone,
  type ForwardPass,
  type Module,
  type ParameterTree,
  type Rng,
  type tf,
} from '@hash/core';

/**
 * A backbone and one linear layer on its features: the classifier of stage 1, whose outputs are logits, and the hash
 * network of stage 3, whose outputs are the bits before tanh. The layer starts from N(0, 0.01²) and 0 (authors' code).
 */
export class ShcNetwork implements Module {
  readonly parameters: ParameterTree;
  readonly #backbone: Backbone;
  readonly #layer: Linear;

  constructor(backbone: Backbone, outputs: number, rng: Rng) {
    this.#backbone = backbone;
    this.#layer = new Linear({
      inputs: backbone.width,
      outputs,
      rng,
      kernel: initializers.normal(0.01),
      bias: initializers.zeros(),
    });
    this.parameters = { backbone: backbone.parameters, layer: this.#layer.parameters };
  }

  /** Of the layer alone. */
  get head(): ParameterTree {
    return this.#layer.parameters;
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns [n, outputs]
   */
  apply(images: tf.Tensor4D, pass: ForwardPass): tf.Tensor2D {
    return this.#layer.apply(this.#backbone.features(images, pass).pooled);
  }
}
