import type { ImageBatch } from '../contracts/dataset.js';
import { tf } from '../tf.js';

/** Pixels as a tensor, [n, height, width, channels]; the caller disposes of it. */
export function imageTensor({ data, shape }: ImageBatch): tf.Tensor4D {
  return tf.tensor4d(data, [...shape]);
}
