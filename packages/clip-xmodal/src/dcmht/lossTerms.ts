import { tf } from '@hash/core';
import type { DcmhtConfig } from './config.js';
import { cosineEntropyLoss, cosineLoss } from './cosineLosses.js';
import { euclideanLoss } from './euclideanLoss.js';
import { quantisationLoss } from '../common/quantisationLoss.js';

type Term = 'imageText' | 'imageImage' | 'textText' | 'quantisation';

/**
 * The terms of DCMHT's loss: similarity between the modalities and within each, and quantisation.
 *
 * @param image    pairs of probabilities, [n, 2 bits]
 * @param text     pairs of probabilities, [n, 2 bits]
 * @param similar  1 where two items have a class in common, else 0, [n, n]
 */
export function lossTerms(
  config: DcmhtConfig,
  image: tf.Tensor2D,
  text: tf.Tensor2D,
  similar: tf.Tensor2D,
): Record<Term, tf.Scalar> {
  const loss = similarityLoss(config);
  const quantisation = tf.add(quantisationLoss(image), quantisationLoss(text));
  return {
    imageText: loss(image, text, similar),
    imageImage: loss(image, image, similar),
    textText: loss(text, text, similar),
    quantisation: tf.mul(quantisation, config.quantisationWeight / 2),
  };
}

function similarityLoss({ similarity, power, threshold, errorRate, bits }: DcmhtConfig) {
  // Two codes that differ in one bit have pairs (0, 1) and (1, 0) there, whose squared distance is 2.
  const maximum = Math.sqrt(2 * bits * errorRate);
  return (a: tf.Tensor2D, b: tf.Tensor2D, similar: tf.Tensor2D): tf.Scalar => {
    switch (similarity) {
      case 'euclidean':
        return euclideanLoss(a, b, similar, { power, maximum });
      case 'cosine':
        return cosineLoss(a, b, similar, { power, threshold });
      case 'cosineEntropy':
        return cosineEntropyLoss(a, b, similar, { threshold });
    }
  };
}
