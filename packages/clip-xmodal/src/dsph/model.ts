import {
  INFERENCE,
  initializers,
  schedules,
  sgd,
  tf,
  type BackboneFeatures,
  type ParameterTree,
  type Rng,
  type TextFeatures,
} from '@hash/core';
import type { Companions, HashModel, Objective, TrainingData } from '../common/hashModel.js';
import { TanhHead } from '../common/tanhHead.js';
import { codeThreshold } from './codeThreshold.js';
import type { DsphConfig } from './config.js';
import { lossTerms } from './lossTerms.js';

/** DSPH: a linear head for each modality, and proxies of the classes to which both are drawn. */
export class DsphModel implements HashModel {
  readonly parameters: ParameterTree;
  readonly #config: DsphConfig;
  readonly #image: TanhHead;
  readonly #text: TanhHead;

  /** @param width  of the towers' pooled features */
  constructor(config: DsphConfig, width: number, rng: Rng) {
    const head = (modality: string) => new TanhHead({ ...config, width, rng: rng.fork(modality) });
    this.#config = config;
    this.#image = head('image');
    this.#text = head('text');
    this.parameters = { image: this.#image.parameters, text: this.#text.parameters };
  }

  objective({ labels: { classes }, rng }: TrainingData): Objective {
    const { bits, irrelevantWeight } = this.#config;
    const threshold = this.#config.threshold ?? codeThreshold(bits, classes);
    const initial = initializers.normal(Math.sqrt(2 / classes));
    const proxies = tf.tidy(() => tf.variable(initial([classes, bits], rng)));
    return {
      companions: this.#companions(proxies),
      lossTerms: ({ image, text, labels }, pass) => {
        const imageHashes = this.#image.apply(image.pooled, pass); // [n, bits]
        const textHashes = this.#text.apply(text.pooled, pass); // [n, bits]
        const options = { threshold, irrelevantWeight };
        return lossTerms(options, imageHashes, textHashes, proxies as tf.Tensor2D, labels);
      },
    };
  }

  imageCodes({ pooled }: BackboneFeatures): tf.Tensor2D {
    return this.#image.apply(pooled, INFERENCE);
  }

  textCodes({ pooled }: TextFeatures): tf.Tensor2D {
    return this.#text.apply(pooled, INFERENCE);
  }

  #companions(proxies: tf.Variable): Companions {
    const { proxyLearningRate, proxyMomentum, proxyWeightDecay } = this.#config;
    return {
      parameters: { proxies },
      optimizer: (parameters) => {
        const schedule = schedules.constant();
        const group = {
          parameters,
          learningRate: proxyLearningRate,
          weightDecay: proxyWeightDecay,
          schedule,
        };
        return sgd([group], { momentum: proxyMomentum });
      },
    };
  }
}
