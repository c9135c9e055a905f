import { tf } from '@hash/core';
import type { DnphConfig } from './config.js';
import { cornerLoss } from './cornerLoss.js';
import { firstClassLoss } from './firstClassLoss.js';
import { marginProxyLoss } from './marginProxyLoss.js';

type Term = 'proxies' | 'imageClasses' | 'textClasses' | 'imageCorners' | 'textCorners';

/** What a head makes of one modality. */
export interface Outputs {
  /** Relaxed codes, [n, bits] */
  readonly hashes: tf.Tensor2D;
  /** Of the classes, [n, classes] */
  readonly logits: tf.Tensor2D;
}

export interface Targets {
  /** [classes, bits] */
  readonly proxies: tf.Tensor2D;
  /** Zeros and ones, [n, classes] */
  readonly labels: tf.Tensor2D;
  /** -1 and 1, drawn anew for each batch, [n, bits] */
  readonly corners: tf.Tensor2D;
}

/** The terms of DNPH's loss: of the proxies, of the classes of either modality, and of its even spread. */
export function lossTerms(
  { margin, uniformityWeight }: Pick<DnphConfig, 'margin' | 'uniformityWeight'>,
  image: Outputs,
  text: Outputs,
  { proxies, labels, corners }: Targets,
): Record<Term, tf.Scalar> {
  const proxyLoss = ({ hashes }: Outputs) => marginProxyLoss(hashes, proxies, labels, margin);
  const spread = ({ hashes }: Outputs) => tf.mul<tf.Scalar>(cornerLoss(hashes, corners), uniformityWeight);
  return {
    proxies: tf.div(tf.add(proxyLoss(image), proxyLoss(text)), 2),
    imageClasses: firstClassLoss(image.logits, labels),
    textClasses: firstClassLoss(text.logits, labels),
    imageCorners: spread(image),
    textCorners: spread(text),
  };
}
