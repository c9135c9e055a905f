import {
  bertAdam,
  INFERENCE,
  initializers,
  joinOptimizers,
  Linear,
  schedules,
  sgd,
  tf,
  type BackboneFeatures,
  type NamedParameters,
  type Optimizer,
  type ParameterTree,
  type Rng,
  type TextFeatures,
} from '@hash/core';
import type { HashModel, Objective, TrainingData } from '../common/hashModel.js';
import { TanhHead } from '../common/tanhHead.js';
import type { DnphConfig } from './config.js';
import { lossTerms } from './lossTerms.js';

/** DNPH: a linear head for each modality; while training also proxies of the classes, and a classifier for each. */
export class DnphModel implements HashModel {
  readonly parameters: ParameterTree;
  readonly #config: DnphConfig;
  readonly #width: number;
  readonly #image: TanhHead;
  readonly #text: TanhHead;

  /** @param width  of the towers' pooled features */
  constructor(config: DnphConfig, width: number, rng: Rng) {
    const head = (modality: string) => new TanhHead({ ...config, width, rng: rng.fork(modality) });
    this.#config = config;
    this.#width = width;
    this.#image = head('image');
    this.#text = head('text');
    this.parameters = { image: this.#image.parameters, text: this.#text.parameters };
  }

  objective({ labels: { classes }, rng }: TrainingData): Objective {
    const { bits, trainProxies } = this.#config;
    const classifier = (modality: string) =>
      new Linear({ inputs: this.#width, outputs: classes, rng: rng.fork(modality) });
    const [image, text] = [classifier('image'), classifier('text')];
    const draw = () => initializers.normal(1 / 8)([classes, bits], rng.fork('proxies'));
    const proxies = tf.tidy(() => tf.variable(draw(), trainProxies));
    return {
      companions: {
        parameters: { proxies, image: image.parameters, text: text.parameters },
        optimizer: (parameters) => this.#optimizer(parameters, proxies),
      },
      lossTerms: (pairs, pass) => {
        const { labels } = pairs;
        const outputs = (head: TanhHead, classifier: Linear, pooled: tf.Tensor2D) => ({
          hashes: head.apply(pooled, pass), // [n, bits]
          logits: classifier.apply(pooled), // [n, classes]
        });
        return lossTerms(
          this.#config,
          outputs(this.#image, image, pairs.image.pooled),
          outputs(this.#text, text, pairs.text.pooled),
          {
            proxies: proxies as tf.Tensor2D,
            labels,
            corners: randomCorners(labels.shape[0], bits, pass.rng!.fork('corners')),
          },
        );
      },
    };
  }

  imageCodes({ pooled }: BackboneFeatures): tf.Tensor2D {
    return this.#image.apply(pooled, INFERENCE);
  }

  textCodes({ pooled }: TextFeatures): tf.Tensor2D {
    return this.#text.apply(pooled, INFERENCE);
  }

  /** The classifiers learn as the hash heads do. */
  #optimizer(parameters: NamedParameters, proxies: tf.Variable): Optimizer {
    const { learningRate, weightDecay, maxGradientNorm, proxyLearningRate } = this.#config;
    const those = (wanted: boolean) =>
      new Map([...parameters].filter(([, variable]) => (variable === proxies) === wanted));
    return joinOptimizers([
      bertAdam([{ parameters: those(false), learningRate, weightDecay }], { maxGradientNorm }),
      sgd([{ parameters: those(true), learningRate: proxyLearningRate, schedule: schedules.constant() }]),
    ]);
  }
}

/** Corners of the cube, each equally likely, [n, bits]. */
function randomCorners(n: number, bits: number, rng: Rng): tf.Tensor2D {
  return tf.tensor2d(
    Float32Array.from({ length: n * bits }, () => (rng.chance(0.5) ? 1 : -1)),
    [n, bits],
  );
}
