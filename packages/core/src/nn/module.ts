import type { Rng } from '../random/rng.js';
import type { tf } from '../tf.js';

/** Whether a forward pass trains. Dropout and batch statistics depend on it. */
export interface ForwardPass {
  readonly training: boolean;
  /** Draws the masks of dropout; needed where `training` meets a rate above 0. */
  readonly rng?: Rng;
}

export const INFERENCE: ForwardPass = { training: false };

/**
 * Variables by name, nested as the published checkpoint nests them. A variable with `trainable: false` is state that
 * is saved but not optimised, such as the running mean of batch normalisation.
 */
export interface ParameterTree {
  readonly [name: string]: tf.Variable | ParameterTree;
}

/** Anything with parameters. There is no base class: a module says what it owns and has a method that applies it. */
export interface Module {
  readonly parameters: ParameterTree;
}
