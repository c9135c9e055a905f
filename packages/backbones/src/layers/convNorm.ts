import {
  BatchNorm,
  Conv2d,
  INFERENCE,
  initializers,
  type ForwardPass,
  type ParameterTree,
  type Rng,
  type tf,
} from '@hash/core';

export interface ConvNormOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Side of the kernel, odd. */
  readonly size: number;
  readonly stride: number;
  readonly batchNorm: BatchNormMode;
  readonly rng: Rng;
}

/**
 * What batch normalisation does while training: `batch` uses the moments of each batch and moves the running ones;
 * `running` keeps to the running ones, as programs that fine-tune with small batches do.
 */
export type BatchNormMode = 'batch' | 'running';

/** A convolution without bias and a batch normalisation, with PyTorch's names; published networks pair them everywhere. */
export class ConvNorm {
  readonly conv: ParameterTree;
  readonly norm: ParameterTree;
  readonly #conv: Conv2d;
  readonly #norm: BatchNorm;
  readonly #mode: BatchNormMode;

  constructor({ inputs, outputs, size, stride, batchNorm, rng }: ConvNormOptions) {
    const kernel = initializers.kaimingNormal({ mode: 'fanOut' });
    const padding = (size - 1) / 2;
    this.#conv = new Conv2d({ inputs, outputs, size, stride, padding, rng, kernel, bias: null });
    this.#norm = new BatchNorm({ channels: outputs });
    this.#mode = batchNorm;
    this.conv = { weight: this.#conv.kernel };
    this.norm = {
      weight: this.#norm.scale,
      bias: this.#norm.bias,
      running_mean: this.#norm.mean,
      running_var: this.#norm.variance,
    };
  }

  /**
   * @param x  [n, height, width, inputs]
   * @returns [n, ⌈height / stride⌉, ⌈width / stride⌉, outputs]
   */
  apply(x: tf.Tensor4D, pass: ForwardPass): tf.Tensor4D {
    return this.#norm.apply(this.#conv.apply(x), this.#mode === 'batch' ? pass : INFERENCE);
  }
}
