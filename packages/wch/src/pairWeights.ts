import { tf } from '@hash/core';

/** Whose diagonal entry of the softmax a weight is divided by. */
export type WeightReference = 'column' | 'row';

export interface PairWeightsOptions {
  /** T > 0 of the softmax; 0.2 in the authors' code. */
  readonly temperature?: number;
  /** `column` is what the authors' code computes (by broadcasting), `row` what the idea asks for. */
  readonly reference?: WeightReference;
  /** Divides each row by its sum, so that its weights are a distribution; the authors' code does not. */
  readonly normalize?: boolean;
  /** Factor λ > 0 on the weights of other images; 1, the paper's, by default. */
  readonly neighbours?: number;
}

/**
 * Turns similarities of images into weights of the contrastive loss; an image's weight for itself is 1.
 *
 *     s = softmaxₘ(G[n,m] / T)     W[n,m] = s[n,m] / s[m,m]   (column)   or   s[n,m] / s[n,n]   (row)
 *
 * Computed as W = exp(log s[n,m] - log s[m,m]), which neither overflows nor divides by 0. By column a weight may exceed
 * 1 where s[n,m] > s[m,m].
 *
 * With `neighbours` λ the weights of other images are multiplied by it, before they are normalised.
 *
 * @param similarity  G, [batch, batch]
 * @returns W, [batch, batch], positive
 * @see Yu, Qiu, Chen & Zhang, ACCV 2022, section 3.3
 */
export function pairWeights(similarity: tf.Tensor2D, options: PairWeightsOptions = {}): tf.Tensor2D {
  const { temperature = 0.2, reference = 'column', normalize = false, neighbours = 1 } = options;
  const [rows, columns] = similarity.shape;
  if (rows !== columns) {
    throw new Error(`pairWeights: expected a square matrix of similarities, but got [${similarity.shape}].`);
  }
  return tf.tidy(() => {
    const self = tf.eye(rows);
    const logSoftmax = tf.logSoftmax(tf.div(similarity, temperature)); // [batch, batch]
    const diagonal = tf.sum(tf.mul(logSoftmax, self), 1); // [batch]
    const divisor = reference === 'column' ? diagonal.reshape([1, rows]) : diagonal.reshape([rows, 1]);
    const logFactors = tf.mul(tf.sub(1, self), Math.log(neighbours));
    const logWeights = tf.add<tf.Tensor2D>(tf.sub(logSoftmax, divisor), logFactors);
    // The softmax is exp divided by its sum, and does not overflow where a weight by column is huge.
    return normalize ? tf.softmax(logWeights) : tf.exp(logWeights);
  });
}
