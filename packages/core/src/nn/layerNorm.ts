import { tf } from '../tf.js';
import type { Module, ParameterTree } from './module.js';
import { filledParameter } from './parameter.js';
import { standardize } from './standardize.js';

export interface LayerNormOptions {
  readonly width: number;
  /** Added to the variance. There is no default: networks differ (1e-5 in CLIP, 1e-6 in ViT). */
  readonly epsilon: number;
}

/**
 * Standardises each vector of the last axis, then scales and shifts its features.
 * @see Ba, Kiros & Hinton, 2016, arXiv:1607.06450
 */
export class LayerNorm implements Module {
  readonly epsilon: number;
  /** [width] */
  readonly scale: tf.Variable;
  /** [width] */
  readonly bias: tf.Variable;
  readonly parameters: ParameterTree;

  constructor({ width, epsilon }: LayerNormOptions) {
    this.epsilon = epsilon;
    this.scale = filledParameter(width, 1);
    this.bias = filledParameter(width, 0);
    this.parameters = { scale: this.scale, bias: this.bias };
  }

  /** @param x  [..., width] */
  apply<T extends tf.Tensor>(x: T): T {
    if (x.shape.at(-1) !== this.scale.size) {
      throw new Error(
        `LayerNorm.apply: expected an input [..., ${this.scale.size}], but got [${x.shape.join(', ')}].`,
      );
    }
    const { mean, variance } = tf.moments(x, -1, true);
    const standard = standardize(x, mean, variance, [-1], this.epsilon);
    return tf.add(tf.mul(standard, this.scale), this.bias);
  }
}
