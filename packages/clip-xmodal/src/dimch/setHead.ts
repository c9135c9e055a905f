import {
  dropout,
  initializers,
  Linear,
  tf,
  type ForwardPass,
  type Module,
  type ParameterTree,
  type Rng,
} from '@hash/core';
import { TokenConvolution } from './tokenConvolution.js';

export interface SetHeadOptions {
  /** Tokens of an item. */
  readonly places: number;
  /** Of a tower's features. */
  readonly width: number;
  /** Vectors that an item is represented by. */
  readonly setSize: number;
  readonly hiddenWidth: number;
  readonly bits: number;
  readonly dropout: number;
  readonly rng: Rng;
}

/** Represents an item by a set of vectors, each of which may speak of another part of it. */
export class SetHead implements Module {
  readonly parameters: ParameterTree;
  readonly #convolution: TokenConvolution;
  readonly #hidden: Linear;
  readonly #vectors: Linear;
  readonly #dropout: number;

  constructor({ places, width, setSize, hiddenWidth, bits, dropout, rng }: SetHeadOptions) {
    const kernel = initializers.kaimingUniform({ mode: 'fanOut' });
    const linear = (name: string, inputs: number, outputs: number) =>
      new Linear({ inputs, outputs, rng: rng.fork(name), kernel, bias: initializers.zeros() });
    this.#dropout = dropout;
    this.#convolution = new TokenConvolution({ places, setSize, rng: rng.fork('convolution') });
    this.#hidden = linear('hidden', width, hiddenWidth);
    this.#vectors = linear('vectors', hiddenWidth, bits);
    this.parameters = {
      convolution: this.#convolution.parameters,
      hidden: this.#hidden.parameters,
      vectors: this.#vectors.parameters,
    };
  }

  /**
   * @param tokens  [n, places, width]
   * @returns [n, setSize, bits], any numbers
   */
  apply(tokens: tf.Tensor3D, pass: ForwardPass): tf.Tensor3D {
    const mixed = tf.relu(this.#convolution.apply(tokens)); // [n, setSize, width]
    const hidden = dropout(tf.relu(this.#hidden.apply(mixed)), this.#dropout, pass);
    return this.#vectors.apply(hidden);
  }
}

/** Relaxed codes of sets, [n, setSize, bits]: the hyperbolic tangent of their mean, [n, bits]. */
export function setCodes(sets: tf.Tensor3D): tf.Tensor2D {
  return tf.tanh(tf.mean<tf.Tensor2D>(sets, 1));
}
