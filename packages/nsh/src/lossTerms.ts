import { straightThroughSign, tf, type ForwardPass } from '@hash/core';
import { codeSimilarity } from './codeSimilarity.js';
import type { NshConfig } from './config.js';
import { doubleSoftmaxNce } from './doubleSoftmaxNce.js';
import { mixtureCosines } from './mixtureCosines.js';
import { mostSimilar } from './mostSimilar.js';
import type { NshNetwork, NshOutputs } from './network.js';
import { quantisationLoss } from './quantisationLoss.js';
import { softSort } from './softSort.js';
import { sortedNce } from './sortedNce.js';

/**
 * The whole of NSH, from two views of a batch to the terms of its loss.
 *
 * @param view1  normalised pixels, [n, size, size, 3]
 * @param view2  other views of the same images, [n, size, size, 3]
 */
export function lossTerms(
  network: NshNetwork,
  config: NshConfig,
  view1: tf.Tensor4D,
  view2: tf.Tensor4D,
  pass: ForwardPass,
): Record<'sorted' | 'quantisation', tf.Scalar> {
  const { relaxed, latents } = network.apply(tf.concat([view1, view2]), pass);
  const [h1, h2] = tf.split(relaxed, 2) as [tf.Tensor2D, tf.Tensor2D]; // [n, bits]
  const [z1, z2] = tf.split(latents, 2) as [tf.Tensor2D, tf.Tensor2D]; // [n, latentWidth]
  return outputLossTerms(config, { relaxed: h1, latents: z1 }, { relaxed: h2, latents: z2 });
}

/**
 * As {@link lossTerms}, from the outputs of the network on.
 *
 * The codes of a first view are the query and those of the second views its list; yet the latents that the list gathers
 * are of the first views, and the one they are compared with is of the second, as in the paper's figure: position j is
 * the same image on both sides.
 */
export function outputLossTerms(
  config: NshConfig,
  first: NshOutputs,
  second: NshOutputs,
): Record<'sorted' | 'quantisation', tf.Scalar> {
  const { codes, positives, sortTemperature, temperature, doubleSoftmax, quantisationWeight } = config;
  const binary = CODES[codes];
  const similarity = codeSimilarity(binary(first.relaxed), binary(second.relaxed)); // [n, n]
  const weights = softSort(similarity, sortTemperature); // [n, n, n]
  const cosines = mixtureCosines(weights, first.latents, second.latents); // [n, n]
  const nce = doubleSoftmax ? doubleSoftmaxNce : sortedNce;
  const relaxed = tf.concat([first.relaxed, second.relaxed]); // [2n, bits]
  return {
    sorted: nce(cosines, mostSimilar(similarity, positives), temperature),
    quantisation: tf.mul(quantisationLoss(relaxed), quantisationWeight),
  };
}

/** What of the relaxed codes the sorter sees. */
const CODES: Readonly<Record<NshConfig['codes'], (relaxed: tf.Tensor2D) => tf.Tensor2D>> = {
  straightThrough: straightThroughSign,
  relaxed: (h) => h,
  sign: (h) => tf.sign(h),
};
