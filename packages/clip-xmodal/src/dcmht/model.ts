import {
  INFERENCE,
  type BackboneFeatures,
  type Modality,
  type ParameterTree,
  type Rng,
  type TextFeatures,
  type tf,
} from '@hash/core';
import type { HashModel, Objective } from '../common/hashModel.js';
import { labelSimilarity } from '../common/labelSimilarity.js';
import { AttentionHead } from '../common/attentionHead.js';
import type { DcmhtConfig } from './config.js';
import type { PairHead } from '../common/pairHead.js';
import { lossTerms } from './lossTerms.js';
import { selectedBits } from '../common/selection.js';
import { SelectHead } from './selectHead.js';

/** DCMHT: a head that selects bits for each modality, and a loss on the distances of what they select. */
export class DcmhtModel implements HashModel {
  readonly parameters: ParameterTree;
  readonly #config: DcmhtConfig;
  readonly #image: PairHead;
  readonly #text: PairHead;

  /** @param width  of the towers' pooled features */
  constructor(config: DcmhtConfig, width: number, rng: Rng) {
    const head = (modality: Modality): PairHead => {
      const options = { ...config, modality, width, rng: rng.fork(modality) };
      return config.head === 'attention' ? new AttentionHead(options) : new SelectHead(options);
    };
    this.#config = config;
    this.#image = head('image');
    this.#text = head('text');
    this.parameters = { image: this.#image.parameters, text: this.#text.parameters };
  }

  objective(): Objective {
    return {
      lossTerms: ({ image, text, labels }, pass) => {
        const imagePairs = this.#image.apply(image.pooled, pass); // [n, 2 bits]
        const textPairs = this.#text.apply(text.pooled, pass); // [n, 2 bits]
        return lossTerms(this.#config, imagePairs, textPairs, labelSimilarity(labels));
      },
    };
  }

  imageCodes({ pooled }: BackboneFeatures): tf.Tensor2D {
    return selectedBits(this.#image.apply(pooled, INFERENCE));
  }

  textCodes({ pooled }: TextFeatures): tf.Tensor2D {
    return selectedBits(this.#text.apply(pooled, INFERENCE));
  }
}
