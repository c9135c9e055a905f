import type { Rng } from '../random/rng.js';
import { tf } from '../tf.js';

/** Makes the first values of a parameter. The caller disposes of the tensor. */
export type Initializer = (shape: readonly number[], rng: Rng) => tf.Tensor;

export const zeros = (): Initializer => constant(0);
export const ones = (): Initializer => constant(1);

export function constant(value: number): Initializer {
  return (shape) => tf.fill([...shape], value);
}

export function uniform(low: number, high: number): Initializer {
  return drawn((rng) => rng.uniform(low, high));
}

export function normal(deviation: number, mean = 0): Initializer {
  return drawn((rng) => rng.normal(mean, deviation));
}

/** A normal distribution around 0 from which values beyond two deviations are drawn again. */
export function truncatedNormal(deviation: number): Initializer {
  return drawn((rng) => {
    let x = rng.normal();
    while (Math.abs(x) > 2) x = rng.normal();
    return x * deviation;
  });
}

/**
 * U(-a, a) with `a = gain √(6 / (fanIn + fanOut))`.
 * @see Glorot & Bengio, AISTATS 2010
 */
export function xavierUniform(gain = 1): Initializer {
  return (shape, rng) => {
    const { fanIn, fanOut } = fans(shape);
    const bound = gain * Math.sqrt(6 / (fanIn + fanOut));
    return uniform(-bound, bound)(shape, rng);
  };
}

export interface KaimingOptions {
  /** Whether the variance is kept forwards (default) or backwards. */
  readonly mode?: 'fanIn' | 'fanOut';
  /** √2 by default, which is right before a ReLU. */
  readonly gain?: number;
}

/**
 * U(-a, a) with `a = gain √(3 / fan)`: √(6 / fan) at the default gain.
 * @see He, Zhang, Ren & Sun, ICCV 2015, arXiv:1502.01852
 */
export function kaimingUniform(options: KaimingOptions = {}): Initializer {
  return (shape, rng) => {
    const bound = Math.sqrt(3) * kaimingDeviation(shape, options);
    return uniform(-bound, bound)(shape, rng);
  };
}

/** N(0, s²) with `s = gain / √fan`. */
export function kaimingNormal(options: KaimingOptions = {}): Initializer {
  return (shape, rng) => normal(kaimingDeviation(shape, options))(shape, rng);
}

/** U(-1/√fanIn, 1/√fanIn): the kernels of PyTorch's Linear and Conv2d when nothing else is asked for. */
export function torchDefault(): Initializer {
  return kaimingUniform({ gain: Math.sqrt(1 / 3) });
}

/** The biases that belong to it: each output is made of `fanIn` numbers. */
export function torchDefaultBias(fanIn: number): Initializer {
  return uniform(-1 / Math.sqrt(fanIn), 1 / Math.sqrt(fanIn));
}

function kaimingDeviation(shape: readonly number[], { mode = 'fanIn', gain = Math.SQRT2 }: KaimingOptions) {
  return gain / Math.sqrt(fans(shape)[mode]);
}

/** How many numbers an output is made of (fanIn), and how many outputs an input goes to (fanOut). */
function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  const [outputs, inputs] = [shape.at(-1), shape.at(-2)];
  if (inputs === undefined || outputs === undefined) {
    throw new Error(
      `initializers: expected a kernel [..., inputs, outputs], but got shape [${shape.join(', ')}].`,
    );
  }
  const places = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: places * inputs, fanOut: places * outputs };
}

function drawn(draw: (rng: Rng) => number): Initializer {
  return (shape, rng) => {
    const values = new Float32Array(tf.util.sizeFromShape([...shape]));
    for (let i = 0; i < values.length; i++) values[i] = draw(rng);
    return tf.tensor(values, [...shape]);
  };
}
