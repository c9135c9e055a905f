import type { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import type { Initializer } from './initializers.js';

/** A variable with first values. It has no name of its own: where it stands in the tree names it. */
export function parameter(initialize: Initializer, shape: readonly number[], rng: Rng): tf.Variable {
  return tf.tidy(() => tf.variable(initialize(shape, rng)));
}

/** A vector of one value; `trainable: false` makes it state that is saved but not optimised. */
export function filledParameter(size: number, value: number, trainable = true): tf.Variable {
  return tf.tidy(() => tf.variable(tf.fill([size], value), trainable));
}
