import { tf } from '@hash/core';

/**
 * The pixels of each square patch in a row: patch row by patch row, within a patch row by row.
 *
 * @param images  [n, size, size, channels], the size a multiple of the patch's
 * @param patch   side in pixels
 * @returns [n, (size / patch)², patch² channels]
 */
export function imagePatches(images: tf.Tensor4D, patch: number): tf.Tensor3D {
  const [n, size, , channels] = images.shape;
  const grid = size / patch;
  const strips = tf.reshape(images, [n * grid, patch, grid, patch * channels]);
  const patches = tf.transpose(strips, [0, 2, 1, 3]); // [n * grid, grid, patch, patch * channels]
  return tf.reshape(patches, [n, grid * grid, patch * patch * channels]);
}
