import { tf } from '@hash/core';

/**
 * The code that an item is drawn to: in each bit, what most centres of its classes have.
 *
 *     sign(Σ over its classes of C),  where that is 0: the tie
 *
 * @param labels   zeros and ones, [n, classes]
 * @param centers  C, -1 and 1, [classes, bits]
 * @param ties     -1 and 1, [bits]; the same for all items and batches, so that an item's code never changes
 * @returns -1 and 1, [n, bits]; for an item without a class the ties
 */
export function labelCenters(labels: tf.Tensor2D, centers: tf.Tensor2D, ties: tf.Tensor1D): tf.Tensor2D {
  return tf.tidy(() => {
    const votes = tf.matMul(labels, centers); // [n, bits]
    // Votes are whole numbers, so that a half decides where they are even.
    return tf.sign(tf.add(votes, tf.mul(ties, 0.5)));
  });
}

/**
 * A code as pairs of probabilities of -1 and +1, as `selection` has them.
 *
 * @param codes  -1 and 1, [n, bits]
 * @returns zeros and ones, [n, 2 bits]
 */
export function targetPairs(codes: tf.Tensor2D): tf.Tensor2D {
  const [n, bits] = codes.shape;
  return tf.tidy(() => {
    const plus = tf.div(tf.add(codes, 1), 2); // [n, bits]
    return tf.reshape(tf.stack([tf.sub(1, plus), plus], 2), [n, 2 * bits]);
  });
}
