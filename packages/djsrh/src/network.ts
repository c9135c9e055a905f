import type { Backbone, ForwardPass, Module, ParameterTree, Rng, tf } from '@hash/core';
import type { DjsrhConfig } from './config.js';
import { HashHead } from './hashHead.js';
import { Standardizer } from './standardizer.js';
import type { TextReader } from './textReader.js';

/** A backbone with a hash head for images, and a small network for the vectors of texts. */
export class DjsrhNetwork implements Module {
  readonly parameters: ParameterTree;
  readonly #backbone: Backbone;
  readonly #standardizer: Standardizer | undefined;
  readonly #image: HashHead;
  readonly #text: HashHead;

  constructor(backbone: Backbone, texts: TextReader, config: DjsrhConfig, rng: Rng) {
    const { bits, imageHiddenWidth, textHiddenWidth, standardize } = config;
    const { width } = backbone;
    this.#backbone = backbone;
    if (standardize) this.#standardizer = new Standardizer(width);
    this.#image = new HashHead({
      inputs: width,
      hiddenWidth: imageHiddenWidth,
      bits,
      rng: rng.fork('image'),
    });
    this.#text = new HashHead({
      inputs: texts.width,
      hiddenWidth: textHiddenWidth,
      bits,
      rng: rng.fork('text'),
    });
    this.parameters = {
      backbone: backbone.parameters,
      ...(this.#standardizer && { standardizer: this.#standardizer.parameters }),
      image: this.#image.parameters,
      texts: texts.parameters,
      text: this.#text.parameters,
    };
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns the backbone's vectors of them, [n, width]
   */
  features(images: tf.Tensor4D, pass: ForwardPass): tf.Tensor2D {
    return this.#backbone.features(images, pass).pooled;
  }

  /**
   * @param features  of images, [n, width]
   * @returns what a code is the sign of, [n, bits]
   */
  hashImages(features: tf.Tensor2D): tf.Tensor2D {
    return this.#image.apply(this.#standardizer?.apply(features) ?? features);
  }

  /**
   * @param vectors  of texts as the reader makes them, [n, any]
   * @returns what a code is the sign of, [n, bits]
   */
  hashTexts(vectors: tf.Tensor2D): tf.Tensor2D {
    return this.#text.apply(vectors);
  }

  /**
   * Measures what the features of training images are to be scaled by, where they are.
   *
   * @param features  of all of them, [n, width] each, which are disposed of
   */
  async standardize(features: AsyncIterable<tf.Tensor2D>): Promise<void> {
    await this.#standardizer?.measure(features);
  }
}
