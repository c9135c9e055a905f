import type {
  BackboneFeatures,
  ForwardPass,
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
  readonly image: BackboneFeatures;
  readonly text: TextFeatures;
  readonly tokens: TokenBatch;
  /** Zeros and ones, [n, classes] */
  readonly labels: tf.Tensor2D;
}

/** What stands on the towers, and what sets one method apart from another. Its parameters are those of the hash heads. */
export interface HashModel extends Module {
  /** What is to be learned from some pairs; made anew for each training. */
  objective(data: TrainingData): Objective;
  /** Numbers whose signs are the codes: >= 0 is bit 1, [n, bits]. */
  imageCodes(image: BackboneFeatures): tf.Tensor2D;
  textCodes(text: TextFeatures, tokens: TokenBatch): tf.Tensor2D;
}

/** What an objective may depend on. */
export interface TrainingData {
  readonly classes: number;
  readonly rng: Rng;
}

export interface Objective {
  /** The weighted terms whose sum is the loss, each a scalar. */
  lossTerms(pairs: Pairs, pass: ForwardPass): Readonly<Record<string, tf.Scalar>>;
  readonly companions?: Companions;
}

/** What is learned beside the network and not needed for codes, such as proxies of the classes. The trainer disposes of it. */
export interface Companions extends Module {
  readonly parameters: ParameterTree;
  /** @param parameters  by the names that they have in checkpoints */
  optimizer(parameters: NamedParameters): Optimizer;
}
