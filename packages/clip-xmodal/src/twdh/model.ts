import {
  INFERENCE,
  initializers,
  tf,
  type BackboneFeatures,
  type FitOptions,
  type Labels,
  type Modality,
  type ParameterTree,
  type Rng,
  type TextFeatures,
} from '@hash/core';
import { AttentionHead } from '../common/attentionHead.js';
import type { HashModel, Objective } from '../common/hashModel.js';
import { selectedBits } from '../common/selection.js';
import { CodeTargets } from './codeTargets.js';
import type { TwdhConfig } from './config.js';
import { hashCenters } from './hashCenters.js';
import { learnTransform } from './learnTransform.js';
import { lossTerms, type CodePairs } from './lossTerms.js';
import { readCenters, type StoredCenters } from './readCenters.js';
import { shorten } from './transform.js';

type Targets = Readonly<Record<'long' | 'short', CodeTargets>>;

/** TwDH: heads for long codes, drawn to codes of the classes, and a matrix that makes short codes of them. */
export class TwdhModel implements HashModel {
  readonly parameters: ParameterTree;
  readonly fixed: { readonly transform: tf.Variable<tf.Rank.R2> };
  readonly otherLengths: readonly number[];
  readonly #config: TwdhConfig;
  readonly #rng: Rng;
  readonly #image: AttentionHead;
  readonly #text: AttentionHead;
  #targets: Targets | undefined;

  /** @param width  of the towers' pooled features */
  constructor(config: TwdhConfig, width: number, rng: Rng) {
    const { bits, longBits, attentionHeads } = config;
    if (longBits <= bits)
      throw new RangeError(`TWDH: expected longBits to be more than the ${bits} bits of the short codes, but got ${longBits}.`); // prettier-ignore
    const head = (modality: Modality) =>
      new AttentionHead({ modality, width, attentionHeads, bits: longBits, rng: rng.fork(modality) });
    this.#config = config;
    this.#rng = rng;
    this.#image = head('image');
    this.#text = head('text');
    this.otherLengths = [longBits];
    this.parameters = { image: this.#image.parameters, text: this.#text.parameters };
    const first = initializers.uniform(-1, 1);
    this.fixed = {
      transform: tf.tidy(() =>
        tf.variable(first([2 * longBits, 2 * bits], rng.fork('transform', bits)) as tf.Tensor2D),
      ),
    };
  }

  /**
   * Chooses the codes that classes are drawn to, or reads them, and learns what makes short codes of long ones. It
   * depends on the labels alone, and comes before the objective.
   */
  async prepare(labels: Labels, options: Pick<FitOptions, 'signal' | 'onEvent'>): Promise<void> {
    const { long, short, transform } = await this.#centers(labels.classes);
    const rng = this.#rng.fork('targets');
    const targets = {
      long: new CodeTargets(long, rng.fork('long')),
      short: new CodeTargets(short, rng.fork('short', short.bits)),
    };
    this.#targets = targets;
    const { transform: variable } = this.fixed;
    if (transform !== undefined) tf.tidy(() => variable.assign(tf.tensor2d(transform, variable.shape)));
    else {
      const learning = { config: this.#config, rng: rng.fork('transform', short.bits), options };
      await learnTransform(variable, labels, targets, learning);
    }
  }

  objective(): Objective {
    const targets = this.#targets;
    if (targets === undefined) throw new Error('TwdhModel: expected prepare before objective.');
    return {
      lossTerms: ({ image, text, labels }, pass) => {
        const long = {
          image: this.#image.apply(image.pooled, pass), // [n, 2 longBits]
          text: this.#text.apply(text.pooled, pass), // [n, 2 longBits]
          targets: targets.long.pairs(labels),
        };
        const short = (): CodePairs => ({
          image: shorten(long.image, this.fixed.transform),
          text: shorten(long.text, this.fixed.transform),
          targets: targets.short.pairs(labels),
        });
        return lossTerms(this.#config, long, short, tf.minimum(tf.sum(labels, 1), 1));
      },
    };
  }

  imageCodes({ pooled }: BackboneFeatures, bits: number): tf.Tensor2D {
    return this.#codes(this.#image.apply(pooled, INFERENCE), bits);
  }

  textCodes({ pooled }: TextFeatures, _tokens: unknown, bits: number): tf.Tensor2D {
    return this.#codes(this.#text.apply(pooled, INFERENCE), bits);
  }

  #codes(long: tf.Tensor2D, bits: number): tf.Tensor2D {
    return selectedBits(bits === this.#config.longBits ? long : shorten(long, this.fixed.transform));
  }

  async #centers(classes: number): Promise<StoredCenters> {
    const { centers, longBits, bits } = this.#config;
    if (centers !== null) return readCenters(centers, { classes, longBits, bits });
    return {
      long: hashCenters(classes, longBits, this.#rng.fork('centers', 'long')),
      short: hashCenters(classes, bits, this.#rng.fork('centers', bits)),
    };
  }
}
