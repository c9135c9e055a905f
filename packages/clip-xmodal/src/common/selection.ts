import { tf } from '@hash/core';

/**
 * Two probabilities for each bit, that it is -1 and that it is +1: the selecting mechanism of DCMHT, which needs no sign
 * and so no relaxation.
 *
 * @param logits  [n, 2 bits], those of a bit side by side
 * @returns likewise, in (0, 1)
 */
export function selection(logits: tf.Tensor2D): tf.Tensor2D {
  const [n, width] = logits.shape;
  return tf.reshape(tf.softmax(tf.reshape(logits, [n, width / 2, 2])), [n, width]);
}

/**
 * Numbers whose signs are the selected bits. Where both probabilities are the same, the bit is -1, as in the authors'
 * code.
 *
 * @param pairs  as {@link selection} makes them, [n, 2 bits]
 * @returns -1 and 1, [n, bits]
 */
export function selectedBits(pairs: tf.Tensor2D): tf.Tensor2D {
  const [n, width] = pairs.shape;
  const [minus, plus] = tf.unstack(tf.reshape(pairs, [n, width / 2, 2]), 2) as [tf.Tensor2D, tf.Tensor2D];
  return tf.sub(tf.mul(tf.cast(tf.greater(plus, minus), 'float32'), 2), 1);
}
