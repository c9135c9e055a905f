import {
  tf,
  type BackboneFeatures,
  type ForwardPass,
  type ParameterTree,
  type Preprocessing,
  type Rng,
} from '@hash/core';
import type { CheckpointFormat, PublishedBackbone } from '../weights/checkpointFormat.js';
import { Convolution, type MobileNetNorm } from './convolution.js';
import { foldedCheckpoint, KERAS_CHECKPOINT } from './mobileNetCheckpoint.js';
import { planMobileNetV2 } from './mobileNetPlan.js';

export interface MobileNetV2Options {
  readonly name: string;
  /** Its `size` is the side of the input. */
  readonly preprocessing: Preprocessing;
  /** Of all channels but the last convolution's; 1 in the network of the paper. */
  readonly multiplier: number;
  /** Channels of the last convolution: features for each place. */
  readonly width: number;
  readonly batchNorm: MobileNetNorm;
  readonly rng: Rng;
}

interface Block {
  readonly convolutions: readonly Convolution[];
  readonly residual: boolean;
}

/**
 * MobileNetV2 without its classifier, with the parameter names of Keras' weights or, where the batch normalisations are
 * folded into the convolutions, of the TensorFlow Lite graph.
 *
 * @see Sandler, Howard, Zhu, Zhmoginov & Chen, CVPR 2018, arXiv:1801.04381
 */
export class MobileNetV2 implements PublishedBackbone {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly width: number;
  readonly parameters: ParameterTree;
  readonly checkpoint: CheckpointFormat;
  readonly #blocks: readonly Block[];

  constructor({ name, preprocessing, multiplier, width, batchNorm, rng }: MobileNetV2Options) {
    this.name = name;
    this.preprocessing = preprocessing;
    this.width = width;
    const plan = planMobileNetV2(multiplier, width);
    this.#blocks = plan.map(({ convolutions, residual }) => ({
      convolutions: convolutions.map((one) => new Convolution(one, batchNorm, rng.fork(one.name))),
      residual,
    }));
    const trees = this.#blocks.flatMap(({ convolutions }) =>
      convolutions.map(({ parameters }) => parameters),
    );
    this.parameters = Object.assign({}, ...trees) as ParameterTree;
    const { operation } = plan.at(-1)!.convolutions[0]!;
    this.checkpoint = batchNorm === 'folded' ? foldedCheckpoint(operation) : KERAS_CHECKPOINT;
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns the last convolution's features at each place, row by row, [n, places, width], and their mean, [n, width]
   */
  features(images: tf.Tensor4D, pass: ForwardPass): Required<BackboneFeatures> {
    const { size } = this.preprocessing;
    if (images.rank !== 4 || images.shape.slice(1).join() !== `${size},${size},3`) {
      throw new Error(
        `MobileNetV2.features: expected images [n, ${size}, ${size}, 3], but got [${images.shape.join(', ')}].`,
      );
    }
    return tf.tidy(() => {
      let x = images;
      for (const { convolutions, residual } of this.#blocks) {
        const y = convolutions.reduce((input, convolution) => convolution.apply(input, pass), x);
        x = residual ? tf.add(x, y) : y;
      }
      const [n, height, width, channels] = x.shape; // height and width are ⌈size / 32⌉
      const tokens = tf.reshape<tf.Rank.R3>(x, [n, height * width, channels]);
      return { pooled: tf.mean<tf.Tensor2D>(tokens, 1), tokens };
    });
  }
}
