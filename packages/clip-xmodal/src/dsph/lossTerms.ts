import { tf } from '@hash/core';
import { irrelevantLoss } from './irrelevantLoss.js';
import { proxyLoss } from './proxyLoss.js';

type Term = 'imageProxies' | 'textProxies' | 'imageImage' | 'textText' | 'imageText';

export interface LossTermsOptions {
  /** Cosine that items apart may keep. */
  readonly threshold: number;
  /** Of the pairs of items of several classes that share none. */
  readonly irrelevantWeight: number;
}

/**
 * The terms of DSPH's loss: of either modality and the proxies, and of items of several classes that share none.
 *
 * @param image    relaxed codes, [n, bits]
 * @param text     relaxed codes, [n, bits]
 * @param proxies  [classes, bits]
 * @param labels   zeros and ones, [n, classes]
 */
export function lossTerms(
  { threshold, irrelevantWeight }: LossTermsOptions,
  image: tf.Tensor2D,
  text: tf.Tensor2D,
  proxies: tf.Tensor2D,
  labels: tf.Tensor2D,
): Record<Term, tf.Scalar> {
  const irrelevant = (a: tf.Tensor2D, b: tf.Tensor2D) =>
    tf.mul<tf.Scalar>(irrelevantLoss(a, b, labels, threshold), irrelevantWeight);
  return {
    imageProxies: proxyLoss(image, proxies, labels, threshold),
    textProxies: proxyLoss(text, proxies, labels, threshold),
    imageImage: irrelevant(image, image),
    textText: irrelevant(text, text),
    imageText: irrelevant(image, text),
  };
}
