import { Linear, tf, type Module, type ParameterTree, type Rng } from '@hash/core';

export interface ProjectionHeadOptions {
  /** Features of the backbone. */
  readonly width: number;
  readonly hiddenWidth: number;
  readonly outputs: number;
  readonly rng: Rng;
}

/** A hidden layer with ReLU and a linear one: the form of both of NSH's heads. */
export class ProjectionHead implements Module {
  readonly parameters: ParameterTree;
  readonly #hidden: Linear;
  readonly #output: Linear;

  constructor({ width, hiddenWidth, outputs, rng }: ProjectionHeadOptions) {
    this.#hidden = new Linear({ inputs: width, outputs: hiddenWidth, rng: rng.fork('hidden') });
    this.#output = new Linear({ inputs: hiddenWidth, outputs, rng: rng.fork('output') });
    this.parameters = { hidden: this.#hidden.parameters, output: this.#output.parameters };
  }

  /**
   * @param features  [n, width]
   * @returns [n, outputs]
   */
  apply(features: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => this.#output.apply(tf.relu(this.#hidden.apply(features))));
  }
}
