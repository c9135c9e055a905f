import { l2Normalize, tf } from '@hash/core';

/**
 * Lets the patches of two views of the same image look at each other: each view is described anew, in the places of the
 * other view, by its own patches.
 *
 *     A    = cos(X1[n,i], X2[n,j])
 *     Y1[n,j] = Σᵢ softmaxᵢ(A[n,i,j] / T) X1[n,i]
 *     Y2[n,i] = Σⱼ softmaxⱼ(A[n,i,j] / T) X2[n,j]
 *
 * With the authors' T = 1 the weights are nearly uniform: cosines lie in [-1, 1], so none exceeds e² times another.
 *
 * @param x1           patch tokens X1 of the first view, [n, places, width]
 * @param x2           patch tokens X2 of the second view, [n, places, width]
 * @param temperature  T > 0
 * @returns Y1 and Y2, [n, places, width] each
 * @see Yu, Qiu, Chen & Zhang, ACCV 2022, section 3.2
 */
export function mutualAttention(
  x1: tf.Tensor3D,
  x2: tf.Tensor3D,
  temperature = 1,
): [tf.Tensor3D, tf.Tensor3D] {
  if (String(x1.shape) !== String(x2.shape)) {
    throw new Error(
      `mutualAttention: expected x2 to have the shape of x1, [${x1.shape}], but got [${x2.shape}].`,
    );
  }
  return tf.tidy(() => {
    const u1 = l2Normalize(x1);
    const u2 = l2Normalize(x2);
    return [attend(u2, u1, x1, temperature), attend(u1, u2, x2, temperature)];
  });
}

/** For each query the mean of the values, weighted by the softmax of its products with the keys. */
function attend(
  queries: tf.Tensor3D,
  keys: tf.Tensor3D,
  values: tf.Tensor3D,
  temperature: number,
): tf.Tensor3D {
  const products = tf.matMul(queries, keys, false, true); // [n, queries, keys]
  return tf.matMul(tf.softmax(tf.div(products, temperature)), values); // [n, queries, width]
}
