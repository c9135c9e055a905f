import { tf } from '@hash/core';

/**
 * Draws the codes of two views of an image together, and those of other images as far as their weight says.
 *
 *     Z[n,m] = h1[n]·h2[m] / (bits · T)
 *     L = -(1/N) Σₙ Σₘ W[n,m] log softmaxₘ(Z[n,:])[m]
 *
 * The rows of W need not sum to 1. A batch of one gives 0.
 *
 * @param h1           codes of the first views, [batch, bits], in {-1, 0, 1}
 * @param h2           codes of the second views, [batch, bits], in {-1, 0, 1}
 * @param weights      W, [batch, batch]
 * @param temperature  T > 0; 0.3 in the authors' code
 * @returns scalar, the mean over the images
 * @see Yu, Qiu, Chen & Zhang, ACCV 2022, section 3.4
 */
export function weightedContrastiveLoss(
  h1: tf.Tensor2D,
  h2: tf.Tensor2D,
  weights: tf.Tensor2D,
  temperature = 0.3,
): tf.Scalar {
  const [batch, bits] = h1.shape;
  if (String(h2.shape) !== String(h1.shape)) {
    throw new Error(
      `weightedContrastiveLoss: expected h2 to have the shape of h1, [${h1.shape}], but got [${h2.shape}].`,
    );
  }
  if (String(weights.shape) !== String([batch, batch])) {
    throw new Error(
      `weightedContrastiveLoss: expected weights of shape [${batch},${batch}], but got [${weights.shape}].`,
    );
  }
  return tf.tidy(() => {
    const logits = tf.div(tf.matMul(h1, h2, false, true), bits * temperature); // [batch, batch]
    // tf.losses.softmaxCrossEntropy has a wrong gradient for targets whose sum is not 1.
    const crossEntropy = tf.neg(tf.sum(tf.mul(weights, tf.logSoftmax(logits)), 1)); // [batch]
    return tf.mean(crossEntropy);
  });
}
