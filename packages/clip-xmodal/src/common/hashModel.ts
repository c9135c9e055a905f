import type { BackboneFeatures, ForwardPass, Module, TextFeatures, tf, TokenBatch } from '@hash/core';

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
  /** The weighted terms whose sum is the loss, each a scalar. */
  lossTerms(pairs: Pairs, pass: ForwardPass): Readonly<Record<string, tf.Scalar>>;
  /** Numbers whose signs are the codes: >= 0 is bit 1, [n, bits]. */
  imageCodes(image: BackboneFeatures): tf.Tensor2D;
  textCodes(text: TextFeatures, tokens: TokenBatch): tf.Tensor2D;
}
