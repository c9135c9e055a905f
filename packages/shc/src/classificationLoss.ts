import { tf } from '@hash/core';

/**
 * The cross-entropy of the classifier: the mean of −log softmax(p)ᵧ.
 *
 * @param logits         p, [n, classes]
 * @param classIds       y, [n]
 * @param doubleSoftmax  takes softmax(p) for p, as the authors' program does: the loss cannot fall below
 *                       ln(1 + (classes − 1) / e) then
 * @see Chen et al., ACM TOIS 2025, eq. 4
 */
export function classificationLoss(
  logits: tf.Tensor2D,
  classIds: Int32Array,
  doubleSoftmax = false,
): tf.Scalar {
  const [n, classes] = logits.shape;
  if (classIds.length !== n) {
    throw new Error(
      `classificationLoss: expected ${n} classes, one for each row, but got ${classIds.length}.`,
    );
  }
  return tf.tidy(() => {
    const target = tf.oneHot(tf.tensor1d(classIds, 'int32'), classes, 1, 0, 'float32'); // [n, classes]
    const logShares = tf.logSoftmax(doubleSoftmax ? tf.softmax(logits) : logits); // [n, classes]
    return tf.mul(tf.sum<tf.Scalar>(tf.mul(target, logShares)), -1 / n);
  });
}
