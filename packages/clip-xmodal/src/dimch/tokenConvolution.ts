import { initializers, Linear, tf, type Module, type ParameterTree, type Rng } from '@hash/core';

export interface TokenConvolutionOptions {
  /** Tokens of an item. */
  readonly places: number;
  /** Vectors to make of them. */
  readonly setSize: number;
  readonly rng: Rng;
}

/** Three neighbouring features. */
const TAPS = 3;

/** Mixes an item's tokens to a few vectors: a convolution along the features, whose channels are the tokens. */
export class TokenConvolution implements Module {
  readonly parameters: ParameterTree;
  /** [3 places, setSize] */
  readonly #linear: Linear;
  readonly #places: number;

  constructor({ places, setSize, rng }: TokenConvolutionOptions) {
    this.#places = places;
    this.#linear = new Linear({
      inputs: TAPS * places,
      outputs: setSize,
      rng,
      kernel: initializers.kaimingNormal(),
      bias: initializers.zeros(),
    });
    this.parameters = this.#linear.parameters;
  }

  /**
   * @param tokens  [n, places, width]
   * @returns [n, setSize, width]
   * @throws Error  where an item has another number of tokens: each has a weight of its own
   */
  apply(tokens: tf.Tensor3D): tf.Tensor3D {
    const [n, places, width] = tokens.shape;
    if (places !== this.#places) {
      throw new Error(`DIMCH: expected ${this.#places} tokens of each item, but got ${places}.`);
    }
    return tf.tidy(() => {
      const padded = tf.pad(tokens, [[0, 0], [0, 0], [1, 1]]); // prettier-ignore
      const shifted = [0, 1, 2].map((shift) => tf.slice(padded, [0, 0, shift], [n, places, width]));
      const neighbours = tf.transpose(tf.concat<tf.Tensor3D>(shifted, 1), [0, 2, 1]); // [n, width, 3 places]
      return tf.transpose(this.#linear.apply(neighbours), [0, 2, 1]);
    });
  }
}
