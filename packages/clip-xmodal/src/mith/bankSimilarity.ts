import { tf } from '@hash/core';

/**
 * 1 where a training pair has a class in common with a pair of the batch, or is that pair: also one without a class is
 * like itself.
 *
 * @param all      labels of all training pairs, zeros and ones, [items, classes]
 * @param labels   those of the batch, [n, classes]
 * @param indices  positions of the batch's pairs among all, [n]
 * @returns [items, n]
 */
export function bankSimilarity(all: tf.Tensor2D, labels: tf.Tensor2D, indices: Uint32Array): tf.Tensor2D {
  return tf.tidy(() => {
    const shared = tf.minimum(tf.matMul(all, labels, false, true), 1);
    const places = tf.tensor1d(Int32Array.from(indices), 'int32');
    const itself = tf.cast(tf.oneHot(places, all.shape[0]), 'float32'); // [n, items]
    return tf.maximum(shared, tf.transpose(itself));
  });
}
