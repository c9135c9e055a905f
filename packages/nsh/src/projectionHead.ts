import {
  BatchNorm,
  INFERENCE,
  Linear,
  tf,
  type ForwardPass,
  type Module,
  type ParameterTree,
  type Rng,
} from '@hash/core';

export interface ProjectionHeadOptions {
  /** Features of the backbone. */
  readonly width: number;
  readonly hiddenWidth: number;
  readonly outputs: number;
  /** Standardises the hidden layer and the outputs by the batch; false by default. */
  readonly batchNorm?: boolean;
  readonly rng: Rng;
}

/** A hidden layer with ReLU and a linear one: the form of both of NSH's heads. */
export class ProjectionHead implements Module {
  readonly parameters: ParameterTree;
  readonly #layers: readonly [Layer, Layer];

  constructor({ width, hiddenWidth, outputs, batchNorm = false, rng }: ProjectionHeadOptions) {
    const layer = (name: string, from: number, to: number): Layer => ({
      linear: new Linear({ inputs: from, outputs: to, rng: rng.fork(name) }),
      norm: batchNorm ? new BatchNorm({ channels: to }) : undefined,
    });
    this.#layers = [layer('hidden', width, hiddenWidth), layer('output', hiddenWidth, outputs)];
    const [hidden, output] = this.#layers.map(parametersOf) as [ParameterTree, ParameterTree];
    this.parameters = { hidden, output };
  }

  /**
   * @param features  [n, width]
   * @returns [n, outputs]
   */
  apply(features: tf.Tensor2D, pass: ForwardPass = INFERENCE): tf.Tensor2D {
    const [hidden, output] = this.#layers;
    return tf.tidy(() => applyLayer(output, tf.relu(applyLayer(hidden, features, pass)), pass));
  }
}

interface Layer {
  readonly linear: Linear;
  readonly norm: BatchNorm | undefined;
}

function parametersOf({ linear, norm }: Layer): ParameterTree {
  return norm ? { ...linear.parameters, norm: norm.parameters } : linear.parameters;
}

function applyLayer({ linear, norm }: Layer, x: tf.Tensor2D, pass: ForwardPass): tf.Tensor2D {
  const y = linear.apply(x);
  return norm ? norm.apply(y, pass) : y;
}
