import { tf } from '@hash/core';
import { cosines } from '../common/cosines.js';
import { meanWhere } from './meanWhere.js';

/**
 * Draws items to the proxies of their classes and pushes them from those of others:
 *
 *     L = mean over yᵢⱼ = 1 of (1 − cos(hᵢ, pⱼ)) + mean over yᵢⱼ = 0 of max(cos(hᵢ, pⱼ) − ζ, 0)
 *
 * @param hashes     h, relaxed codes of one modality, [n, bits]
 * @param proxies    p, [classes, bits]
 * @param labels     y, zeros and ones, [n, classes]
 * @param threshold  ζ, cosine to other proxies that an item may keep
 * @returns scalar; a mean over nothing, where all items have all classes, is 0
 * @see Huo et al., IEEE TCSVT 34(1), 2024, doi:10.1109/TCSVT.2023.3285266
 */
export function proxyLoss(
  hashes: tf.Tensor2D,
  proxies: tf.Tensor2D,
  labels: tf.Tensor2D,
  threshold: number,
): tf.Scalar {
  return tf.tidy(() => {
    const cosine = cosines(hashes, proxies); // [n, classes]
    const own = meanWhere(labels, tf.sub(1, cosine));
    const others = meanWhere(tf.sub(1, labels), tf.relu(tf.sub(cosine, threshold)));
    return tf.add(own, others);
  });
}
