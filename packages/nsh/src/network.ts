import {
  detached,
  INFERENCE,
  l2Normalize,
  tf,
  type Backbone,
  type Module,
  type ParameterTree,
  type Rng,
} from '@hash/core';
import type { NshConfig } from './config.js';
import { ProjectionHead } from './projectionHead.js';

export interface NshOutputs {
  /** Relaxed codes, [n, bits], in (-1, 1). */
  readonly relaxed: tf.Tensor2D;
  /** Latents of length 1, [n, latentWidth]. */
  readonly latents: tf.Tensor2D;
}

/** A backbone with a head for codes and one for the latents that train them. */
export class NshNetwork implements Module {
  readonly parameters: ParameterTree;
  readonly #backbone: Backbone;
  readonly #codeHead: ProjectionHead;
  readonly #latentHead: ProjectionHead;
  readonly #frozen: boolean;

  constructor(backbone: Backbone, config: NshConfig, rng: Rng) {
    const { bits, hiddenWidth, latentWidth, backboneLearningRate } = config;
    const head = (name: string, outputs: number) =>
      new ProjectionHead({ width: backbone.width, hiddenWidth, outputs, rng: rng.fork(name) });
    this.#backbone = backbone;
    this.#frozen = backboneLearningRate === 0;
    this.#codeHead = head('code', bits);
    this.#latentHead = head('latent', latentWidth);
    this.parameters = {
      backbone: backbone.parameters,
      code: this.#codeHead.parameters,
      latent: this.#latentHead.parameters,
    };
  }

  /** @param images  normalised pixels, [n, size, size, 3] */
  apply(images: tf.Tensor4D): NshOutputs {
    const features = this.#features(images);
    return {
      relaxed: this.#relaxed(features),
      latents: l2Normalize(this.#latentHead.apply(features)),
    };
  }

  /**
   * The part of {@link apply} that encoding needs.
   * @returns relaxed codes, [n, bits]
   */
  relaxedCodes(images: tf.Tensor4D): tf.Tensor2D {
    return this.#relaxed(this.#features(images));
  }

  /** Also in training with the batch statistics of the published weights: a batch of 50 has worse ones. */
  #features(images: tf.Tensor4D): tf.Tensor2D {
    const pooled = () => this.#backbone.features(images, INFERENCE).pooled;
    return this.#frozen ? detached(() => tf.tidy(pooled)) : pooled(); // [n, width]
  }

  #relaxed(features: tf.Tensor2D): tf.Tensor2D {
    return tf.tanh(this.#codeHead.apply(features)); // [n, bits]
  }
}
