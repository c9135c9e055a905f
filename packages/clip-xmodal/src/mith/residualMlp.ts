import { gelu, LayerNorm, Linear, tf, type Module, type ParameterTree, type Rng } from '@hash/core';

/** `x + contract(gelu(expand(norm(x))))`, four times as wide inside. */
export class ResidualMlp implements Module {
  readonly parameters: ParameterTree;
  readonly #norm: LayerNorm;
  readonly #expand: Linear;
  readonly #contract: Linear;

  constructor({ width, rng }: { readonly width: number; readonly rng: Rng }) {
    this.#norm = new LayerNorm({ width, epsilon: 1e-5 });
    this.#expand = new Linear({ inputs: width, outputs: 4 * width, rng: rng.fork('expand') });
    this.#contract = new Linear({ inputs: 4 * width, outputs: width, rng: rng.fork('contract') });
    this.parameters = {
      norm: this.#norm.parameters,
      expand: this.#expand.parameters,
      contract: this.#contract.parameters,
    };
  }

  /** @param x  [..., width] */
  apply<T extends tf.Tensor>(x: T): T {
    return tf.add(x, this.#contract.apply(gelu(this.#expand.apply(this.#norm.apply(x)))));
  }
}
