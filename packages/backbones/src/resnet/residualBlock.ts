import { tf, type ForwardPass, type Module, type ParameterTree, type Rng } from '@hash/core';
import { ConvNorm, type BatchNormMode } from '../layers/convNorm.js';

/** `basic` has two convolutions of size 3; `bottleneck` one of size 3 between two of size 1, the last four times as wide. */
export type BlockKind = 'basic' | 'bottleneck';

export const EXPANSION: Readonly<Record<BlockKind, number>> = { basic: 1, bottleneck: 4 };

export interface ResidualBlockOptions {
  readonly kind: BlockKind;
  readonly inputs: number;
  /** Channels of the inner convolutions. */
  readonly width: number;
  /** Of the first convolution of size 3. */
  readonly stride: number;
  readonly batchNorm: BatchNormMode;
  readonly rng: Rng;
}

/** `relu(x + convolutions(x))`, where x is projected if its shape changes. */
export class ResidualBlock implements Module {
  readonly parameters: ParameterTree;
  readonly #convolutions: readonly ConvNorm[];
  readonly #projection: ConvNorm | null;

  constructor({ kind, inputs, width, stride, batchNorm, rng }: ResidualBlockOptions) {
    const conv = (inputs: number, outputs: number, size: number, stride: number) =>
      new ConvNorm({ inputs, outputs, size, stride, batchNorm, rng });
    const outputs = width * EXPANSION[kind];
    this.#convolutions =
      kind === 'basic'
        ? [conv(inputs, width, 3, stride), conv(width, outputs, 3, 1)]
        : [conv(inputs, width, 1, 1), conv(width, width, 3, stride), conv(width, outputs, 1, 1)];
    this.#projection = stride === 1 && inputs === outputs ? null : conv(inputs, outputs, 1, stride);
    this.parameters = {
      ...Object.fromEntries(
        this.#convolutions.flatMap(({ conv, norm }, i) => [
          [`conv${i + 1}`, conv],
          [`bn${i + 1}`, norm],
        ]),
      ),
      ...(this.#projection && { downsample: { 0: this.#projection.conv, 1: this.#projection.norm } }),
    };
  }

  /**
   * @param x  [n, height, width, inputs]
   * @returns [n, ⌈height / stride⌉, ⌈width / stride⌉, outputs]
   */
  apply(x: tf.Tensor4D, pass: ForwardPass): tf.Tensor4D {
    return tf.tidy(() => {
      let y = x;
      this.#convolutions.forEach((convolution, i) => {
        y = convolution.apply(i === 0 ? y : tf.relu(y), pass);
      });
      return tf.relu(tf.add<tf.Tensor4D>(y, this.#projection ? this.#projection.apply(x, pass) : x));
    });
  }
}
