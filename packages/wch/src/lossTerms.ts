import { detached, INFERENCE, straightThroughSign, tf, type ForwardPass } from '@hash/core';
import { bitBalanceLoss } from './bitBalanceLoss.js';
import type { WchConfig } from './config.js';
import { quantisationLoss } from './quantisationLoss.js';
import { mutualAttention } from './mutualAttention.js';
import type { WchNetwork } from './network.js';
import { pairWeights } from './pairWeights.js';
import { patchSimilarity } from './patchSimilarity.js';
import { weightedContrastiveLoss } from './weightedContrastiveLoss.js';

/**
 * The whole of WCH, from two views of a batch to the terms of its loss.
 *
 * @param view1  normalised pixels, [n, size, size, 3]
 * @param view2  other views of the same images, [n, size, size, 3]
 */
export function lossTerms(
  network: WchNetwork,
  config: WchConfig,
  view1: tf.Tensor4D,
  view2: tf.Tensor4D,
  pass: ForwardPass,
): Record<'contrast' | 'balance' | 'quantisation', tf.Scalar> {
  const [x1, x2] = tf.split(network.tokens(tf.concat([view1, view2]), pass), 2) as [tf.Tensor3D, tf.Tensor3D];
  return tokenLossTerms(network.head, config, x1, x2, pass);
}

/**
 * As {@link lossTerms}, from the patch tokens on.
 *
 * @param x1  patch tokens of the first views, [n, places, width]
 * @param x2  patch tokens of the second views, [n, places, width]
 */
export function tokenLossTerms(
  head: Pick<WchNetwork['head'], 'apply'>,
  config: WchConfig,
  x1: tf.Tensor3D,
  x2: tf.Tensor3D,
  pass: ForwardPass = INFERENCE,
): Record<'contrast' | 'balance' | 'quantisation', tf.Scalar> {
  const [y1, y2] = mutualAttention(x1, x2, config.attentionTemperature);
  const h1 = straightThroughSign(head.apply(y1, pass)); // [n, bits]
  const h2 = straightThroughSign(head.apply(y2, pass)); // [n, bits]
  return {
    contrast: weightedContrastiveLoss(h1, h2, weights(config, y1, y2), config.codeTemperature),
    balance: tf.mul(bitBalanceLoss(h1), config.balanceWeight),
    quantisation: tf.mul(quantisationLoss(h1), config.quantisationWeight),
  };
}

function weights(config: WchConfig, y1: tf.Tensor3D, y2: tf.Tensor3D): tf.Tensor2D {
  const { weightTemperature, weightReference, normalizeWeights, detachWeights, neighbourWeight } = config;
  if (neighbourWeight === 0) return tf.eye(y1.shape[0]);
  const compute = () =>
    pairWeights(patchSimilarity(y1, y2), {
      temperature: weightTemperature,
      reference: weightReference,
      normalize: normalizeWeights,
      neighbours: neighbourWeight,
    });
  return detachWeights ? detached(compute) : compute();
}
