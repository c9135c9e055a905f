import { detached, tf } from '@hash/core';
import { gainWeights } from './gainWeights.js';

/**
 * Wants what shares a class with an item nearer to it than what does not, by a margin; how much, goes by the weights w of
 * {@link gainWeights}:
 *
 *     L = mean over the positive ones of tᵢⱼₖ = wᵢⱼ max(dᵢⱼ − dᵢₖ + m, 0),   sᵢⱼ > 0, sᵢₖ = 0
 *
 * @param distances  d, of items of one modality from those of the other, [n, n]
 * @param labels     zeros and ones, [n, classes]
 * @param margin     m, at least 0
 * @returns scalar; 0 where no triplet is positive
 */
export function tripletLoss(distances: tf.Tensor2D, labels: tf.Tensor2D, margin: number): tf.Scalar {
  const n = distances.shape[0];
  return tf.tidy(() => {
    const shared = tf.matMul<tf.Tensor2D>(labels, labels, false, true); // [n, n]
    const apart = tf.cast(tf.equal(shared, 0), 'float32');
    const differences = tf.sub(tf.reshape(distances, [n, n, 1]), tf.reshape(distances, [n, 1, n])); // [n, n, n]
    // The weights of items that share nothing are 0 already.
    const counted = tf.mul(tf.reshape(gainWeights(shared), [n, n, 1]), tf.reshape(apart, [n, 1, n]));
    const triplets = tf.mul(counted, tf.relu(tf.add(differences, margin)));
    const positive = detached(() => tf.sum(tf.cast(tf.greater(triplets, 1e-16), 'float32')));
    return tf.div(tf.sum(triplets), tf.maximum(positive, 1));
  });
}
