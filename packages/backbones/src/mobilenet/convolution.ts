import {
  BatchNorm,
  Conv2d,
  INFERENCE,
  initializers,
  tf,
  type ForwardPass,
  type ParameterTree,
  type Rng,
} from '@hash/core';
import type { BatchNormMode } from '../layers/convNorm.js';
import type { ConvolutionPlan } from './mobileNetPlan.js';

/** `folded`: there is none, the convolution's kernel and bias include it. */
export type MobileNetNorm = BatchNormMode | 'folded';

/** Keras' layers: `x̄ ← 0.999 x̄ + 0.001 x`. */
const NORM = { epsilon: 1e-3, momentum: 0.001 };

/** A convolution, its batch normalisation, and a ReLU6 where the plan has one. */
export class Convolution {
  /** By layer: of Keras; if folded, of the graph. */
  readonly parameters: ParameterTree;
  readonly #conv: Conv2d;
  readonly #norm: BatchNorm | null;
  readonly #mode: MobileNetNorm;
  readonly #activated: boolean;

  constructor(plan: ConvolutionPlan, mode: MobileNetNorm, rng: Rng) {
    const { name, norm, operation, outputs, depthwise, activated } = plan;
    const kernel = initializers.xavierUniform();
    const bias = mode === 'folded' ? initializers.zeros() : null;
    this.#conv = new Conv2d({ ...plan, padding: 'same', rng, kernel, bias });
    this.#norm = mode === 'folded' ? null : new BatchNorm({ channels: outputs, ...NORM });
    this.#mode = mode;
    this.#activated = activated;
    this.parameters = this.#norm
      ? {
          [name]: { [depthwise ? 'depthwise_kernel' : 'kernel']: this.#conv.kernel },
          [norm]: {
            gamma: this.#norm.scale,
            beta: this.#norm.bias,
            moving_mean: this.#norm.mean,
            moving_variance: this.#norm.variance,
          },
        }
      : { [String(operation).padStart(2, '0')]: this.#conv.parameters };
  }

  /**
   * @param x  [n, height, width, inputs]
   * @returns [n, ⌈height / stride⌉, ⌈width / stride⌉, outputs]
   */
  apply(x: tf.Tensor4D, pass: ForwardPass): tf.Tensor4D {
    const y = this.#conv.apply(x);
    const normalized = this.#norm ? this.#norm.apply(y, this.#mode === 'batch' ? pass : INFERENCE) : y;
    return this.#activated ? tf.relu6(normalized) : normalized;
  }
}
