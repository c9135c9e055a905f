import type { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { INFERENCE, type ForwardPass } from './module.js';

/**
 * Drops each element with probability `rate` while training and divides the others by `1 - rate`, so that means stay.
 * Outside training it is the identity.
 *
 * @param rate  in [0, 1)
 * @throws RangeError on another rate; Error where training has no generator to draw from
 */
export function dropout<T extends tf.Tensor>(x: T, rate: number, pass: ForwardPass = INFERENCE): T {
  if (!(rate >= 0 && rate < 1)) {
    throw new RangeError(`dropout: expected a rate in [0, 1), but got ${rate}.`);
  }
  if (!pass.training || rate === 0) return x;
  if (!pass.rng)
    throw new Error(`dropout: expected an rng in a training pass with rate ${rate}, but got none.`);
  return tf.mul(x, tf.tensor(drawMask(x.size, rate, pass.rng), x.shape));
}

/** Draws the geometric gaps between dropped elements: one number for each dropped element instead of each element. */
function drawMask(size: number, rate: number, rng: Rng): Float32Array {
  const mask = new Float32Array(size).fill(1 / (1 - rate));
  const scale = 1 / Math.log1p(-rate);
  const gap = () => Math.floor(Math.log((rng.uint32() + 1) / 2 ** 32) * scale);
  for (let i = gap(); i < size; i += 1 + gap()) mask[i] = 0;
  return mask;
}
