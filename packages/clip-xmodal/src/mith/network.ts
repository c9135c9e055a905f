import { detached, l2Normalize, tf, type Module, type ParameterTree, type Rng } from '@hash/core';
import { ConceptEncoder } from './conceptEncoder.js';
import { ConceptLearner } from './conceptLearner.js';
import { conceptWeights } from './conceptWeights.js';
import type { MithConfig } from './config.js';
import type { Outputs } from './lossTerms.js';

export type MithNetworkOptions = Pick<
  MithConfig,
  'bits' | 'conceptsPerToken' | 'conceptBlocks' | 'attentionHeads'
> & {
  /** Of the towers' features. */
  readonly width: number;
  readonly rng: Rng;
};

/** Makes two codes of an item: one of its pooled feature, and one of what its tokens say of each concept. */
export class MithNetwork implements Module {
  readonly parameters: ParameterTree;
  readonly #conceptsPerToken: number;
  readonly #learner: ConceptLearner;
  readonly #encoders: Readonly<Record<'image' | 'text', ConceptEncoder>>;

  /** @throws RangeError  where there are fewer bits than concepts that a token votes for */
  constructor({ width, bits, conceptsPerToken, conceptBlocks, attentionHeads, rng }: MithNetworkOptions) {
    if (bits < conceptsPerToken) {
      throw new RangeError(
        `MITH: expected at least as many bits as conceptsPerToken, ${conceptsPerToken}, but got ${bits}.`,
      );
    }
    const encoder = (modality: string) =>
      new ConceptEncoder({
        width,
        concepts: bits,
        blocks: conceptBlocks,
        heads: attentionHeads,
        rng: rng.fork(modality),
      });
    this.#conceptsPerToken = conceptsPerToken;
    this.#learner = new ConceptLearner({ width, concepts: bits, rng: rng.fork('concepts') });
    this.#encoders = { image: encoder('image'), text: encoder('text') };
    this.parameters = {
      concepts: this.#learner.parameters,
      image: this.#encoders.image.parameters,
      text: this.#encoders.text.parameters,
    };
  }

  /**
   * @param pooled   [n, width]
   * @param tokens   [n, places, width]
   * @param visible  zeros for tokens that say nothing, ones for others, [n, places]; ones if left out
   */
  apply(
    modality: 'image' | 'text',
    pooled: tf.Tensor2D,
    tokens: tf.Tensor3D,
    visible?: tf.Tensor2D,
  ): Outputs {
    const features = this.#learner.features(pooled); // [n, width]
    const weights = detached(() => {
      const scores = this.#learner.scores(this.#learner.features(tokens)); // [n, places, bits]
      return conceptWeights(scores, this.#conceptsPerToken, visible);
    });
    const said = tf.matMul<tf.Tensor3D>(weights, tokens, true); // [n, bits, width]
    const { hashes, vectors } = this.#encoders[modality].apply(said);
    return {
      global: this.#learner.scores(features),
      local: hashes,
      features: l2Normalize(features),
      concepts: vectors,
    };
  }
}
