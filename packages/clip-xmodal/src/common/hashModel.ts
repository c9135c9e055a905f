import type {
  BackboneFeatures,
  ForwardPass,
  Labels,
  Module,
  NamedParameters,
  Optimizer,
  ParameterTree,
  Rng,
  TextFeatures,
  tf,
  TokenBatch,
} from '@hash/core';

/** A batch of pairs as the two towers see it. */
export interface Pairs {
  /** Positions of the pairs in the training data, [n]. */
  readonly indices: Uint32Array;
  readonly image: BackboneFeatures;
  readonly text: TextFeatures;
  readonly tokens: TokenBatch;
  /** Zeros and ones, [n, classes] */
  readonly labels: tf.Tensor2D;
}

/** What stands on the towers, and what sets one method apart from another. Its parameters are those of the hash heads. */
export interface HashModel extends Module {
  /** Whether texts are to come filled up to the setting `tokens`, and not just to the longest of their batch. */
  readonly fillsTexts?: boolean;
  /** What is to be learned from some pairs; made anew for each training. */
  objective(data: TrainingData): Objective;
  /** What codes need beside the heads and no gradient changes: saved with the model, left out of checkpoints. */
  readonly fixed?: ParameterTree;
  /** Lengths of the codes that it makes beside those of the config's `bits`. */
  readonly otherLengths?: readonly number[];
  /**
   * Numbers whose signs are the codes: >= 0 is bit 1.
   *
   * @param bits  the config's, or one of `otherLengths`
   * @returns [n, bits]
   */
  imageCodes(image: BackboneFeatures, bits: number): tf.Tensor2D;
  textCodes(text: TextFeatures, tokens: TokenBatch, bits: number): tf.Tensor2D;
}

/** What an objective may depend on. */
export interface TrainingData {
  /** Of all training pairs. */
  readonly labels: Labels;
  readonly rng: Rng;
}

export interface Objective {
  /** The weighted terms whose sum is the loss, each a scalar. */
  lossTerms(pairs: Pairs, pass: ForwardPass): Readonly<Record<string, tf.Scalar>>;
  readonly companions?: Companions;
}

/**
 * What training needs beside the network and codes do not, such as proxies of the classes or the last codes of all pairs.
 * It is part of checkpoints. The trainer disposes of it.
 */
export interface Companions extends Module {
  readonly parameters: ParameterTree;
  /**
   * Left out where the objective itself writes to the parameters.
   * @param parameters  those that are trainable, by the names that they have in checkpoints
   */
  optimizer?(parameters: NamedParameters): Optimizer;
}
