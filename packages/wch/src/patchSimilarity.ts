import { l2Normalize, tf } from '@hash/core';

/**
 * How alike two images are, patch by patch: each patch of one image counts with its best match in the other.
 *
 *     G[n,m] = (1/P) Σᵢ maxⱼ cos(Y1[n,i], Y2[m,j])
 *
 * All pairs of patches are compared in one product, so that [batch · places]² numbers exist at once: 157 MB for the
 * paper's 32 images of 196 patches.
 *
 * @param y1  tokens Y1, [batch, places, width]
 * @param y2  tokens Y2, [batch, places, width]
 * @returns G, [batch, batch], in [-1, 1]; row n belongs to y1, column m to y2
 * @see Yu, Qiu, Chen & Zhang, ACCV 2022, section 3.3
 */
export function patchSimilarity(y1: tf.Tensor3D, y2: tf.Tensor3D): tf.Tensor2D {
  const [batch, places, width] = y1.shape;
  if (String(y2.shape) !== String(y1.shape)) {
    throw new Error(
      `patchSimilarity: expected y2 to have the shape of y1, [${y1.shape}], but got [${y2.shape}].`,
    );
  }
  return tf.tidy(() => {
    const u1 = l2Normalize(y1).reshape<tf.Tensor2D>([batch * places, width]);
    const u2 = l2Normalize(y2).reshape<tf.Tensor2D>([batch * places, width]);
    const cosines = tf.matMul(u1, u2, false, true).reshape([batch, places, batch, places]);
    const best = tf.max(cosines, 3); // [batch, places, batch]
    return tf.mean(best, 1); // [batch, batch]
  });
}
