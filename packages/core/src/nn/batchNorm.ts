import { tf } from '../tf.js';
import { INFERENCE, type ForwardPass, type Module, type ParameterTree } from './module.js';
import { filledParameter } from './parameter.js';
import { standardizeBatch } from './standardizeBatch.js';

export interface BatchNormOptions {
  readonly channels: number;
  /** Added to the variance; 1e-5 by default, as in PyTorch. */
  readonly epsilon?: number;
  /** Share of the newest batch in the running moments; 0.1 by default, as in PyTorch. */
  readonly momentum?: number;
}

/**
 * Standardises each channel, then scales and shifts it: by the moments of the batch while training, by the running ones
 * otherwise. Channels are last, so this is PyTorch's BatchNorm1d on [n, channels] and BatchNorm2d on
 * [n, height, width, channels]. As there, the running variance is unbiased and that of a batch is not.
 *
 * @see Ioffe & Szegedy, ICML 2015, arXiv:1502.03167
 */
export class BatchNorm implements Module {
  readonly epsilon: number;
  readonly momentum: number;
  /** [channels], as are the other three. */
  readonly scale: tf.Variable;
  readonly bias: tf.Variable;
  readonly mean: tf.Variable;
  readonly variance: tf.Variable;
  readonly parameters: ParameterTree;

  constructor({ channels, epsilon = 1e-5, momentum = 0.1 }: BatchNormOptions) {
    this.epsilon = epsilon;
    this.momentum = momentum;
    this.scale = filledParameter(channels, 1);
    this.bias = filledParameter(channels, 0);
    this.mean = filledParameter(channels, 0, false);
    this.variance = filledParameter(channels, 1, false);
    this.parameters = { scale: this.scale, bias: this.bias, mean: this.mean, variance: this.variance };
  }

  /**
   * @param x     [..., channels]
   * @param pass  a training pass also moves the running moments
   */
  apply<T extends tf.Tensor>(x: T, pass: ForwardPass = INFERENCE): T {
    const channels = this.scale.size;
    if (x.rank < 2 || x.shape.at(-1) !== channels) {
      throw new Error(
        `BatchNorm.apply: expected an input [..., ${channels}], but got [${x.shape.join(', ')}].`,
      );
    }
    return pass.training ? this.#byBatch(x) : this.#byRunning(x);
  }

  #byRunning<T extends tf.Tensor>(x: T): T {
    const scale = tf.mul(this.scale, tf.rsqrt(tf.add(this.variance, this.epsilon)));
    const shift = tf.sub(this.bias, tf.mul(this.mean, scale));
    return tf.add(tf.mul(x, scale), shift);
  }

  #byBatch<T extends tf.Tensor>(x: T): T {
    const count = x.size / this.scale.size;
    if (count < 2) {
      throw new Error(
        `BatchNorm.apply: expected more than one value for each channel in training, but got [${x.shape.join(', ')}].`,
      );
    }
    const { value, mean, variance } = standardizeBatch(x, this.scale, this.bias, this.epsilon);
    move(this.mean, mean, this.momentum);
    move(this.variance, tf.mul(variance, count / (count - 1)), this.momentum);
    return value;
  }
}

function move(running: tf.Variable, target: tf.Tensor, momentum: number): void {
  tf.tidy(() => {
    const step = tf.mul(tf.sub(tf.reshape(target, running.shape), running), momentum);
    running.assign(tf.add(running, step));
  });
}
