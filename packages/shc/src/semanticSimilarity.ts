import type { Labels } from '@hash/core';
import { firstClasses } from './firstClasses.js';
import type { Similarity } from './similarity.js';

/** `official` computes what the authors' program does, `paper` eq. 5 to 12, `recommended` the best of both (ours). */
export const SIMILARITY_VARIANTS = ['recommended', 'official', 'paper'] as const;
export type SimilarityVariant = (typeof SIMILARITY_VARIANTS)[number];

/**
 * How alike classes are, from what a classifier mistakes their images for.
 *
 * The scores of an image are a softmax over all classes but one: its own, or in `paper` the predicted one. A class's row
 * is the mean of its images' scores, moved and scaled to [−1, 1] so that its mean is 0 and its largest magnitude 1; then
 * S ← (S + Sᵀ) / 2. `official` takes sums for means and makes symmetric before it scales: its S is not symmetric. In
 * all of them the diagonal ends as 1. A class without images, or with equal scores for all, has a row of zeros.
 *
 * @param logits  of the training images, [n, classes]
 * @param labels  of which only the first class counts
 * @throws Error where the logits do not fit the labels
 * @see Chen et al., ACM TOIS 2025, eq. 5 to 12
 */
export function semanticSimilarity(
  logits: Float32Array | Float64Array,
  labels: Labels,
  variant: SimilarityVariant = 'recommended',
): Similarity {
  const { classes, count } = labels;
  if (logits.length !== count * classes) {
    throw new Error(
      `semanticSimilarity: expected ${count * classes} logits for ${count} items of ${classes} classes, ` +
        `but got ${logits.length}.`,
    );
  }
  const scores = scoresOfClasses(logits, labels, variant);
  if (variant === 'official') scaleRows(symmetrise(scores, classes), classes);
  else symmetrise(scaleRows(scores, classes), classes);
  for (let i = 0; i < classes; i++) scores[i * classes + i] = 1;
  return { classes, data: scores };
}

/** Sums (`official`) or means of the scores of each class's images, [classes, classes]. */
function scoresOfClasses(
  logits: ArrayLike<number>,
  labels: Labels,
  variant: SimilarityVariant,
): Float64Array {
  const { classes } = labels;
  const scores = new Float64Array(classes * classes);
  const images = new Float64Array(classes);
  firstClasses(labels).forEach((own, i) => {
    const row = Float64Array.from({ length: classes }, (_, c) => logits[i * classes + c]!);
    const masked = variant === 'paper' ? row.indexOf(Math.max(...row)) : own;
    images[own]! += 1;
    softmaxWithout(row, masked).forEach((share, c) => (scores[own * classes + c]! += share));
  });
  if (variant === 'official') return scores;
  return scores.map((sum, at) => sum / Math.max(images[Math.floor(at / classes)]!, 1));
}

/** The softmax over all entries but one, which becomes 0. */
function softmaxWithout(logits: Float64Array, masked: number): Float64Array {
  const rest = logits.with(masked, -Infinity);
  const largest = Math.max(...rest);
  const powers = rest.map((logit) => Math.exp(logit - largest));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** (x − mean) / max |x − mean| of each row, in place. */
function scaleRows(matrix: Float64Array, classes: number): Float64Array {
  for (let from = 0; from < matrix.length; from += classes) {
    const row = matrix.subarray(from, from + classes);
    const mean = row.reduce((sum, x) => sum + x, 0) / classes;
    const range = row.reduce((largest, x) => Math.max(largest, Math.abs(x - mean)), 0);
    row.forEach((x, c) => (row[c] = range === 0 ? 0 : (x - mean) / range));
  }
  return matrix;
}

/** (S + Sᵀ) / 2, in place. */
function symmetrise(matrix: Float64Array, classes: number): Float64Array {
  for (let i = 0; i < classes; i++) {
    for (let j = 0; j < i; j++) {
      const mean = (matrix[i * classes + j]! + matrix[j * classes + i]!) / 2;
      matrix[i * classes + j] = matrix[j * classes + i] = mean;
    }
  }
  return matrix;
}
