import { detached, tf } from '@hash/core';

/**
 * How much it counts that item j stands before others in the list of item i: the gain of its shared classes, as a share of
 * the best that the list can have,
 *
 *     wᵢⱼ = (2^sᵢⱼ − 1) / Zᵢ,   Zᵢ = Σ_r (2^sᵢ₍ᵣ₎ − 1) / log₂(r + 2),   sᵢ₍₀₎ ≥ sᵢ₍₁₎ ≥ ...
 *
 * @param shared  s, number of classes in common, [n, n]
 * @returns [n, n]; 0 for an item that shares no class with any
 * @see Järvelin & Kekäläinen, ACM TOIS 20(4), 2002, doi:10.1145/582415.582418
 */
export function gainWeights(shared: tf.Tensor2D): tf.Tensor2D {
  return detached(() => {
    const n = shared.shape[1];
    const gains = (s: tf.Tensor) => tf.sub(tf.pow(2, s), 1);
    const discounts = tf.tensor1d(Float32Array.from({ length: n }, (_, rank) => 1 / Math.log2(rank + 2)));
    const best = tf.sum(tf.mul(gains(tf.topk(shared, n).values), discounts), 1, true); // [n, 1]
    // Where something is shared the best is 1 at least.
    return tf.div<tf.Tensor2D>(gains(shared), tf.maximum(best, 1e-6));
  });
}
