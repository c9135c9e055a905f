import { tf } from '@hash/core';

/**
 * How much each token counts for each concept. A token votes for those concepts whose score is above 0 and among its
 * `kept` highest; of those that vote for a concept, a softmax over their scores is taken.
 *
 * @param scores   in (-1, 1), [n, tokens, concepts]
 * @param kept     at most the number of concepts; where scores are equal, more are kept
 * @param visible  ones, and zeros for tokens without a vote, [n, tokens]; all vote if left out
 * @returns [n, tokens, concepts]; over the tokens they add up to 1, or 0 for a concept that has no vote
 */
export function conceptWeights(scores: tf.Tensor3D, kept: number, visible?: tf.Tensor2D): tf.Tensor3D {
  return tf.tidy(() => {
    const seen = visible ? tf.mul<tf.Tensor3D>(scores, tf.expandDims(visible, 2)) : scores;
    const positive = tf.relu(seen); // [n, tokens, concepts]
    const { values } = tf.topk(positive, kept); // [n, tokens, kept]
    const least = tf.slice(values, [0, 0, kept - 1], [-1, -1, 1]); // [n, tokens, 1]
    const votes = tf.logicalAnd(tf.greater(positive, 0), tf.greaterEqual(positive, least));
    // Scores are at most 1: no need to take the largest off before exp.
    const exponentials = tf.mul(tf.exp(positive), tf.cast(votes, 'float32')); // [n, tokens, concepts]
    // Each vote adds more than 1; where there is none, 0 / 1.
    return tf.div(exponentials, tf.maximum(tf.sum(exponentials, 1, true), 1));
  });
}
