import {
  INFERENCE,
  tf,
  type BackboneFeatures,
  type ForwardPass,
  type ParameterTree,
  type Rng,
  type TextFeatures,
  type TwoTowerBackbone,
} from '@hash/core';
import type { HashModel, Objective } from '../common/hashModel.js';
import { requirePlaces } from '../common/requirePlaces.js';
import type { DimchConfig } from './config.js';
import { lossTerms } from './lossTerms.js';
import { setCodes, SetHead } from './setHead.js';

/** DIMCH: a set of vectors for each item, and a loss on the distances of sets and of the codes of their means. */
export class DimchModel implements HashModel {
  /** Each token has a weight of its own, also those of padding. */
  readonly fillsTexts = true;
  readonly parameters: ParameterTree;
  readonly #config: DimchConfig;
  readonly #image: SetHead;
  readonly #text: SetHead;

  constructor(config: DimchConfig, backbone: TwoTowerBackbone, rng: Rng) {
    const { width } = backbone;
    this.#config = config;
    this.#image = new SetHead({ ...config, width, places: imagePlaces(backbone), rng: rng.fork('image') });
    this.#text = new SetHead({ ...config, width, places: config.tokens, rng: rng.fork('text') });
    this.parameters = { image: this.#image.parameters, text: this.#text.parameters };
  }

  objective(): Objective {
    return {
      lossTerms: ({ image, text, labels }, pass) =>
        lossTerms(this.#config, this.#imageSets(image, pass), this.#text.apply(text.tokens, pass), labels),
    };
  }

  imageCodes(image: BackboneFeatures): tf.Tensor2D {
    return setCodes(this.#imageSets(image, INFERENCE));
  }

  textCodes({ tokens }: TextFeatures): tf.Tensor2D {
    return setCodes(this.#text.apply(tokens, INFERENCE));
  }

  /** [n, setSize, bits] */
  #imageSets(image: BackboneFeatures, pass: ForwardPass): tf.Tensor3D {
    return this.#image.apply(allTokens(image), pass);
  }
}

/** The pooled feature, which is that of the class token, before those of the places, [n, 1 + places, width]. */
function allTokens(image: BackboneFeatures): tf.Tensor3D {
  return tf.concat([tf.expandDims<tf.Tensor3D>(image.pooled, 1), requirePlaces(image, 'DIMCH')], 1);
}

/** How many tokens an image has: seen on a black one, as a backbone does not say. */
function imagePlaces(backbone: TwoTowerBackbone): number {
  const { size } = backbone.preprocessing;
  return tf.tidy(() => allTokens(backbone.features(tf.zeros([1, size, size, 3]), INFERENCE)).shape[1]);
}
