import { tf } from '../tf.js';

export interface AttendOptions {
  /** Divides the width. */
  readonly heads: number;
  /**
   * Added to the scores, of a shape that broadcasts to [n, heads, places, places] (query, then key): 0 where a query sees
   * a key, -Infinity where not; each query must see a key.
   */
  readonly mask?: tf.Tensor | undefined;
}

/**
 * Mixes the values of all places by the likeness of their keys to a query, each head on its own d features of the width:
 *
 *     softmax(Q Kᵀ / √d) V
 *
 * @param query  [n, places, width]; key and value likewise
 * @returns [n, places, width], the heads side by side
 * @see Vaswani et al., NeurIPS 2017, arXiv:1706.03762
 */
export function attend(
  query: tf.Tensor3D,
  key: tf.Tensor3D,
  value: tf.Tensor3D,
  { heads, mask }: AttendOptions,
): tf.Tensor3D {
  // Scaling the query is cheaper than scaling the scores.
  const scaled = tf.mul(split(query, heads), Math.sqrt(heads / query.shape[2]));
  const scores = tf.matMul(scaled, split(key, heads), false, true); // [n, heads, places, places]
  const weights = tf.softmax(mask ? tf.add(scores, mask) : scores);
  const mixed = tf.matMul(weights, split(value, heads)); // [n, heads, places, d]
  return tf.reshape(tf.transpose(mixed, [0, 2, 1, 3]), query.shape);
}

/** [n, places, width] to [n, heads, places, d] */
function split(x: tf.Tensor3D, heads: number): tf.Tensor4D {
  const [n, places, width] = x.shape;
  return tf.transpose(tf.reshape(x, [n, places, heads, width / heads]), [0, 2, 1, 3]);
}
