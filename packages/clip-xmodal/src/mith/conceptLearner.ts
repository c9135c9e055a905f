import { Linear, tf, type Module, type ParameterTree, type Rng } from '@hash/core';
import { ResidualMlp } from './residualMlp.js';

export interface ConceptLearnerOptions {
  /** Of the towers' features. */
  readonly width: number;
  /** As many as bits. */
  readonly concepts: number;
  readonly rng: Rng;
}

/**
 * Says which concepts a vector speaks of: of a pooled feature they are its relaxed code, of a token its votes. Both
 * modalities share it.
 */
export class ConceptLearner implements Module {
  readonly parameters: ParameterTree;
  readonly #layers: readonly ResidualMlp[];
  readonly #concepts: Linear;

  constructor({ width, concepts, rng }: ConceptLearnerOptions) {
    this.#layers = [0, 1].map((i) => new ResidualMlp({ width, rng: rng.fork('layer', i) }));
    this.#concepts = new Linear({ inputs: width, outputs: concepts, rng: rng.fork('concepts'), bias: null });
    this.parameters = {
      layers: Object.fromEntries(this.#layers.map(({ parameters }, i) => [i, parameters])),
      concepts: this.#concepts.parameters,
    };
  }

  /** @param x  [..., width]; the result likewise */
  features<T extends tf.Tensor>(x: T): T {
    return this.#layers.reduce((y, layer) => layer.apply(y), x);
  }

  /**
   * @param features  as {@link features} makes them, [..., width]
   * @returns in (-1, 1), [..., concepts]
   */
  scores<T extends tf.Tensor>(features: T): T {
    return tf.tanh(this.#concepts.apply(features));
  }
}
