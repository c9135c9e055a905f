import type { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { torchDefault, torchDefaultBias, type Initializer } from './initializers.js';
import type { Module, ParameterTree } from './module.js';
import { parameter } from './parameter.js';

export interface Conv2dOptions {
  readonly inputs: number;
  readonly outputs: number;
  /** Side of the square kernel. */
  readonly size: number;
  readonly stride?: number;
  /**
   * Zeros added on each of the four sides; or, as TensorFlow's networks have it, as many as make the output's side
   * ⌈side / stride⌉, and one more below and on the right where their number is odd.
   */
  readonly padding?: number | 'same';
  /** Step between the kernel's taps; 1 by default. */
  readonly dilation?: number;
  /** Gives each channel a kernel of its own; `outputs` must equal `inputs`. */
  readonly depthwise?: boolean;
  readonly rng: Rng;
  /** U(-1/√fanIn, 1/√fanIn) by default, as in PyTorch. */
  readonly kernel?: Initializer;
  /** As the kernel by default; `null` for none. */
  readonly bias?: Initializer | null;
}

/** A convolution of NHWC images. PyTorch's padding and TensorFlow's `same` differ at strides above 1. */
export class Conv2d implements Module {
  readonly stride: number;
  readonly padding: number | 'same';
  readonly dilation: number;
  readonly depthwise: boolean;
  /** [size, size, inputs, outputs]; [size, size, 1, outputs] if depthwise: always PyTorch's kernel by (2, 3, 1, 0). */
  readonly kernel: tf.Variable;
  /** [outputs] */
  readonly bias: tf.Variable | null;
  readonly parameters: ParameterTree;

  constructor(options: Conv2dOptions) {
    const { inputs, outputs, size, rng, depthwise = false } = options;
    if (depthwise && inputs !== outputs) {
      throw new Error(
        `Conv2d: expected as many outputs as inputs (${inputs}) if depthwise, but got ${outputs}.`,
      );
    }
    const depth = depthwise ? 1 : inputs;
    const { kernel = torchDefault(), bias = torchDefaultBias(size * size * depth) } = options;
    this.stride = options.stride ?? 1;
    this.padding = options.padding ?? 0;
    this.dilation = options.dilation ?? 1;
    this.depthwise = depthwise;
    this.kernel = parameter(kernel, [size, size, depth, outputs], rng);
    this.bias = bias && parameter(bias, [outputs], rng);
    this.parameters = this.bias ? { kernel: this.kernel, bias: this.bias } : { kernel: this.kernel };
  }

  /**
   * @param x  [n, height, width, inputs]
   * @returns [n, ⌊(height + 2 padding − dilation (size − 1) − 1) / stride⌋ + 1, likewise, outputs], or with padding `same`
   * [n, ⌈height / stride⌉, likewise, outputs]
   */
  apply(x: tf.Tensor4D): tf.Tensor4D {
    const inputs = this.kernel.shape[this.depthwise ? 3 : 2]!;
    if (x.rank !== 4 || x.shape[3] !== inputs) {
      throw new Error(
        `Conv2d.apply: expected an input [n, height, width, ${inputs}], but got [${x.shape.join(', ')}].`,
      );
    }
    const kernel = spread(this.kernel as tf.Tensor4D, this.dilation);
    const rounding = this.padding === 'same' ? undefined : 'floor';
    const y = this.depthwise
      ? tf.depthwiseConv2d(x, perChannel(kernel), this.stride, this.padding, 'NHWC', 1, rounding)
      : tf.conv2d(x, kernel, this.stride, this.padding, 'NHWC', 1, rounding);
    return this.bias ? tf.add(y, this.bias) : y;
  }
}

/** [size, size, 1, channels] as TensorFlow wants it, [size, size, channels, 1]: the same numbers in the same order. */
function perChannel(kernel: tf.Tensor4D): tf.Tensor4D {
  const [height, width, , channels] = kernel.shape;
  return tf.reshape(kernel, [height, width, channels, 1]);
}

/** Puts zeros between the taps: TensorFlow.js knows dilation, but not its gradient. */
function spread(kernel: tf.Tensor4D, dilation: number): tf.Tensor4D {
  if (dilation === 1) return kernel;
  const [size, , inputs, outputs] = kernel.shape;
  const none: [number, number] = [0, 0];
  const gap: [number, number] = [0, dilation - 1];
  const taps = tf.reshape(kernel, [size, 1, size, 1, inputs * outputs]);
  const spaced = tf.pad(taps, [none, gap, none, gap, none]); // [size, dilation, size, dilation, inputs * outputs]
  const grid = tf.reshape<tf.Rank.R4>(spaced, [size * dilation, size * dilation, inputs, outputs]);
  const side = dilation * (size - 1) + 1;
  return tf.slice(grid, [0, 0, 0, 0], [side, side, inputs, outputs]);
}
