import {
  INFERENCE,
  l2Normalize,
  tf,
  type Backbone,
  type ForwardPass,
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
  readonly #config: Pick<NshConfig, 'pooling' | 'batchStatistics'>;

  constructor(backbone: Backbone, config: NshConfig, rng: Rng) {
    const { bits, hiddenWidth, batchNorm, latentWidth } = config;
    const head = (name: string, outputs: number) =>
      new ProjectionHead({ width: backbone.width, hiddenWidth, outputs, batchNorm, rng: rng.fork(name) });
    this.#backbone = backbone;
    this.#config = config;
    this.#codeHead = head('code', bits);
    this.#latentHead = head('latent', latentWidth);
    this.parameters = {
      backbone: backbone.parameters,
      code: this.#codeHead.parameters,
      latent: this.#latentHead.parameters,
    };
  }

  /** @param images  normalised pixels, [n, size, size, 3] */
  apply(images: tf.Tensor4D, pass: ForwardPass): NshOutputs {
    const features = this.#features(images, pass);
    return {
      relaxed: this.#relaxed(features, pass),
      latents: l2Normalize(this.#latentHead.apply(features, pass)),
    };
  }

  /**
   * The part of {@link apply} that encoding needs.
   * @returns relaxed codes, [n, bits]
   */
  relaxedCodes(images: tf.Tensor4D): tf.Tensor2D {
    return this.#relaxed(this.#features(images, INFERENCE), INFERENCE);
  }

  #features(images: tf.Tensor4D, pass: ForwardPass): tf.Tensor2D {
    const { pooling, batchStatistics } = this.#config;
    const { pooled, tokens } = this.#backbone.features(images, batchStatistics ? pass : INFERENCE);
    if (pooling === 'backbone') return pooled; // [n, width]
    if (tokens !== undefined) return tf.mean(tokens, 1); // [n, width]
    throw new Error(
      `NSH was to take the mean of patch tokens, but the backbone ${this.#backbone.name} has none.`,
    );
  }

  #relaxed(features: tf.Tensor2D, pass: ForwardPass): tf.Tensor2D {
    return tf.tanh(this.#codeHead.apply(features, pass)); // [n, bits]
  }
}
