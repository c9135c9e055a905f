import { tf, type TokenBatch } from '@hash/core';

/**
 * What each token of a text may see, as `attend` takes it: itself and those before it; of these, where `maskPadding`, no
 * padding.
 *
 * @returns [1, 1, length, length]; [n, 1, length, length] where padding is hidden
 */
export function attentionMask({ shape, lengths }: TokenBatch, maskPadding: boolean): tf.Tensor4D {
  const [count, length] = shape;
  const rows = maskPadding ? lengths : Uint32Array.of(length);
  const values = new Float32Array(rows.length * length * length).fill(-Infinity);
  let start = 0;
  for (const visible of rows) {
    for (let query = 0; query < length; query++, start += length) {
      values.fill(0, start, start + Math.min(query + 1, visible));
    }
  }
  return tf.tensor4d(values, [maskPadding ? count : 1, 1, length, length]);
}
