import { tf, type TokenBatch } from '@hash/core';

/**
 * Ones for the start token and the words, zeros for the end token, which stands for the whole text, and for padding.
 * It goes by lengths: a word may have padding's number.
 *
 * @returns [n, length]
 */
export function wordTokens({ shape, lengths }: TokenBatch): tf.Tensor2D {
  const [count, length] = shape;
  const ones = new Float32Array(count * length);
  lengths.forEach((end, i) => ones.fill(1, i * length, i * length + end - 1));
  return tf.tensor2d(ones, [count, length]);
}
