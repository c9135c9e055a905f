import {
  multiHot,
  tf,
  type BackboneFeatures,
  type ParameterTree,
  type Rng,
  type TextFeatures,
  type TokenBatch,
} from '@hash/core';
import type { HashModel, Objective, TrainingData } from '../common/hashModel.js';
import { requirePlaces } from '../common/requirePlaces.js';
import { bankSimilarity } from './bankSimilarity.js';
import { CodeBank } from './codeBank.js';
import type { MithConfig } from './config.js';
import { lossTerms, type Outputs } from './lossTerms.js';
import { MithNetwork } from './network.js';
import { wordTokens } from './wordTokens.js';

/** MITH: a network over pooled features and tokens, trained against the last codes of all training pairs. */
export class MithModel implements HashModel {
  readonly parameters: ParameterTree;
  readonly #config: MithConfig;
  readonly #network: MithNetwork;

  /** @param width  of the towers' features */
  constructor(config: MithConfig, width: number, rng: Rng) {
    this.#config = config;
    this.#network = new MithNetwork({ ...config, width, rng });
    this.parameters = this.#network.parameters;
  }

  objective({ labels: all, rng }: TrainingData): Objective {
    const { count, classes } = all;
    const allLabels = multiHot(all);
    const bank = new CodeBank({ items: count, bits: this.#config.bits, rng });
    return {
      companions: bank,
      lossTerms: ({ indices, image, text, tokens, labels }) => {
        const [ofImage, ofText] = [this.#image(image), this.#text(text, tokens)];
        bank.update(indices, {
          imageGlobal: ofImage.global,
          textGlobal: ofText.global,
          imageLocal: ofImage.local,
          textLocal: ofText.local,
        });
        const similar = bankSimilarity(tf.tensor2d(allLabels, [count, classes]), labels, indices); // [count, n]
        return lossTerms(this.#config, ofImage, ofText, bank, similar);
      },
    };
  }

  imageCodes(image: BackboneFeatures): tf.Tensor2D {
    return bothCodes(this.#image(image));
  }

  textCodes(text: TextFeatures, tokens: TokenBatch): tf.Tensor2D {
    return bothCodes(this.#text(text, tokens));
  }

  #image(image: BackboneFeatures): Outputs {
    return this.#network.apply('image', image.pooled, requirePlaces(image, 'MITH'));
  }

  #text(text: TextFeatures, tokens: TokenBatch): Outputs {
    return this.#network.apply('text', text.pooled, text.tokens, wordTokens(tokens));
  }
}

function bothCodes({ global, local }: Outputs): tf.Tensor2D {
  return tf.add(global, local);
}
