import { tf, type BackboneFeatures } from '@hash/core';

/**
 * Features as one tensor: the image's vector, then those of its places.
 *
 * @param places  whether the latter are wanted
 * @returns [n, 1 + places, width]; places is 0 where they are not wanted, or the network has none
 */
export function packFeatures({ pooled, tokens }: BackboneFeatures, places: boolean): tf.Tensor3D {
  const whole = tf.expandDims<tf.Tensor3D>(pooled, 1);
  return places && tokens ? tf.concat([whole, tokens], 1) : whole;
}

/** @param packed  [n, 1 + places, width] */
export function unpackFeatures(packed: tf.Tensor3D): BackboneFeatures {
  return tf.tidy(() => {
    const [n, vectors, width] = packed.shape;
    const pooled = tf.reshape<tf.Rank.R2>(tf.slice(packed, [0, 0, 0], [n, 1, width]), [n, width]);
    if (vectors === 1) return { pooled };
    return { pooled, tokens: tf.slice(packed, [0, 1, 0], [n, vectors - 1, width]) };
  });
}
