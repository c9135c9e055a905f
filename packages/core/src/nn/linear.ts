import type { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { torchDefault, torchDefaultBias, type Initializer } from './initializers.js';
import type { Module, ParameterTree } from './module.js';
import { parameter } from './parameter.js';

export interface LinearOptions {
  readonly inputs: number;
  readonly outputs: number;
  readonly rng: Rng;
  /** U(-1/√inputs, 1/√inputs) by default, as in PyTorch. */
  readonly kernel?: Initializer;
  /** As the kernel by default; `null` for none. */
  readonly bias?: Initializer | null;
}

/** `x K + b` on the last axis. */
export class Linear implements Module {
  /** [inputs, outputs] */
  readonly kernel: tf.Variable;
  /** [outputs] */
  readonly bias: tf.Variable | null;
  readonly parameters: ParameterTree;

  constructor({
    inputs,
    outputs,
    rng,
    kernel = torchDefault(),
    bias = torchDefaultBias(inputs),
  }: LinearOptions) {
    this.kernel = parameter(kernel, [inputs, outputs], rng);
    this.bias = bias && parameter(bias, [outputs], rng);
    this.parameters = this.bias ? { kernel: this.kernel, bias: this.bias } : { kernel: this.kernel };
  }

  /** @param x  [..., inputs] */
  apply<T extends tf.Tensor>(x: T): T {
    const [inputs, outputs] = this.kernel.shape as [number, number];
    const width = x.shape.at(-1);
    if (x.rank < 2 || width !== inputs) {
      throw new Error(`Linear.apply: expected an input [..., ${inputs}], but got [${x.shape.join(', ')}].`);
    }
    // One matrix product for all leading axes: engines are slow at batched ones.
    const product = tf.matMul(tf.reshape(x, [-1, inputs]), this.kernel);
    const y = this.bias ? tf.add(product, this.bias) : product;
    return tf.reshape(y, [...x.shape.slice(0, -1), outputs]) as T;
  }
}
