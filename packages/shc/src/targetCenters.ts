import { labelIds, type Labels, type Rng } from '@hash/core';
import { firstClasses } from './firstClasses.js';
import type { HashCenters } from './hashCenters.js';

/** Which centre an image of several classes aims at: that of its first, or where most of them agree. */
export const LABEL_RULES = ['first', 'vote'] as const;
export type LabelRule = (typeof LABEL_RULES)[number];

/**
 * The centres that images aim at. `first` takes that of the first class (SHC's authors' program), `vote` the sign of the
 * sum of all, and where that is 0 the bit of one random word (CSQ).
 *
 * @param rng  draws that word
 * @returns −1 and 1, [labels.count, bits]
 * @throws Error where the classes are not those of the centres, or an item has none
 * @see Yuan et al., Central Similarity Quantization, CVPR 2020, arXiv:1908.00347
 */
export function targetCenters(centers: HashCenters, labels: Labels, rule: LabelRule, rng: Rng): Int8Array {
  const { classes, bits, data } = centers;
  if (labels.classes !== classes) {
    throw new Error(`targetCenters: expected labels of ${classes} classes, but got ${labels.classes}.`);
  }
  const targets = new Int8Array(labels.count * bits);
  const firsts = firstClasses(labels);
  if (rule === 'first') {
    firsts.forEach((c, i) => targets.set(data.subarray(c * bits, (c + 1) * bits), i * bits));
    return targets;
  }
  const word = Int8Array.from({ length: bits }, () => (rng.chance(0.5) ? 1 : -1));
  for (let i = 0; i < labels.count; i++) {
    const ids = labelIds(labels, i);
    for (let k = 0; k < bits; k++) {
      const sum = ids.reduce((votes, c) => votes + data[c * bits + k]!, 0);
      targets[i * bits + k] = Math.sign(sum) || word[k]!;
    }
  }
  return targets;
}
