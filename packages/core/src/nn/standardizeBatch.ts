import { tf } from '../tf.js';
import { detached } from './detached.js';

export interface StandardizedBatch<T extends tf.Tensor> {
  readonly value: T;
  /** [1, ..., channels], as is the variance: of the batch, biased, without a gradient. */
  readonly mean: tf.Tensor;
  readonly variance: tf.Tensor;
}

/**
 * Brings each channel to mean 0 and variance 1 over the batch, then scales and shifts it. With c = x − mean(x) and
 * r = 1 / √(mean(c²) + ε),
 *
 *     y = c r scale + bias
 *     dx = r scale (dy − mean(dy) − c r² mean(dy c)),   dscale = r Σ dy c,   dbias = Σ dy
 *
 * As one node for the chain rule it passes over the batch nine times there and back, the fewest that we know of without
 * kernels of our own.
 *
 * @param x      [..., channels]
 * @param scale  [channels], as is the bias
 */
export function standardizeBatch<T extends tf.Tensor>(
  x: T,
  scale: tf.Tensor,
  bias: tf.Tensor,
  epsilon: number,
): StandardizedBatch<T> {
  const axes = x.shape.slice(0, -1).map((_, axis) => axis);
  const mean = detached(() => tf.mean(x, axes, true));
  const centred = detached(() => tf.sub<T>(x, mean));
  const variance = detached(() => tf.mean(tf.square(centred), axes, true));
  const inverse = detached(() => tf.rsqrt(tf.add(variance, epsilon)));
  const apply = tf.customGrad((...inputs) => {
    const [, scale, bias, save] = inputs as [T, tf.Tensor, tf.Tensor, (tensors: tf.Tensor[]) => void];
    const slope = tf.mul(inverse, scale);
    save([centred, inverse, slope]);
    const value = tf.add<T>(tf.mul(centred, slope), bias);
    return { value, gradFunc: (upstream: T, saved: tf.Tensor[]) => gradients(upstream, saved, axes) };
  });
  return { value: apply(x, scale, bias), mean, variance };
}

/** Of x, scale and bias. */
function gradients(upstream: tf.Tensor, saved: tf.Tensor[], axes: number[]): tf.Tensor[] {
  const [centred, inverse, slope] = saved as [tf.Tensor, tf.Tensor, tf.Tensor];
  const channels = upstream.shape.at(-1)!;
  const count = upstream.size / channels;
  const sum = tf.sum(upstream, axes, true);
  const alongCentred = tf.sum(tf.mul(upstream, centred), axes, true);
  const along = tf.mul(alongCentred, tf.div(tf.mul(slope, tf.square(inverse)), count));
  const level = tf.mul(sum, tf.div(slope, count));
  const x = tf.sub(tf.sub(tf.mul(upstream, slope), tf.mul(centred, along)), level);
  return [x, tf.reshape(tf.mul(alongCentred, inverse), [channels]), tf.reshape(sum, [channels])];
}
