import type { BackboneFeatures, tf } from '@hash/core';

/**
 * The features of an image's places, [n, places, width].
 * @throws Error  where the backbone has none
 */
export function requirePlaces({ tokens }: BackboneFeatures, method: string): tf.Tensor3D {
  if (tokens !== undefined) return tokens;
  throw new Error(
    `${method} looks at the places of an image, but the backbone has features of whole images alone.`,
  );
}
