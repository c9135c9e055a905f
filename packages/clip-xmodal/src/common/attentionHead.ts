import { SelfAttention } from '@hash/backbones';
import {
  BatchNorm,
  initializers,
  LayerNorm,
  Linear,
  tf,
  type ForwardPass,
  type Modality,
  type ParameterTree,
  type Rng,
} from '@hash/core';
import type { PairHead } from './pairHead.js';
import { selection } from './selection.js';

export interface AttentionHeadOptions {
  readonly modality: Modality;
  /** Of the pooled features. */
  readonly width: number;
  /** Of attention; divides the width. */
  readonly attentionHeads: number;
  readonly bits: number;
  readonly rng: Rng;
}

/**
 * The head of the authors' collected code: attention, a normalisation (by batch for images, by layer for texts), a linear
 * layer with ReLU. Attention has but one place to look at, so that it is a product of two linear maps.
 */
export class AttentionHead implements PairHead {
  readonly parameters: ParameterTree;
  readonly #attention: SelfAttention;
  readonly #norm: BatchNorm | LayerNorm;
  readonly #linear: Linear;

  constructor({ modality, width, attentionHeads, bits, rng }: AttentionHeadOptions) {
    this.#attention = new SelfAttention({ width, heads: attentionHeads, rng: rng.fork('attention') });
    this.#norm =
      modality === 'image' ? new BatchNorm({ channels: width }) : new LayerNorm({ width, epsilon: 1e-5 });
    this.#linear = new Linear({
      inputs: width,
      outputs: 2 * bits,
      rng: rng.fork('linear'),
      kernel: initializers.kaimingUniform({ mode: 'fanOut' }),
      bias: initializers.zeros(),
    });
    this.parameters = {
      attention: this.#attention.parameters,
      norm: this.#norm.parameters,
      linear: this.#linear.parameters,
    };
  }

  apply(pooled: tf.Tensor2D, pass: ForwardPass): tf.Tensor2D {
    const [n, width] = pooled.shape;
    const mixed: tf.Tensor2D = tf.reshape(this.#attention.apply(tf.reshape(pooled, [n, 1, width])), [
      n,
      width,
    ]);
    const normal = this.#norm instanceof BatchNorm ? this.#norm.apply(mixed, pass) : this.#norm.apply(mixed);
    return selection(tf.relu(this.#linear.apply(normal)));
  }
}
