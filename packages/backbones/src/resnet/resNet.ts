import {
  tf,
  type BackboneFeatures,
  type ForwardPass,
  type ParameterTree,
  type Preprocessing,
  type Rng,
} from '@hash/core';
import type { PublishedBackbone } from '../weights/checkpointFormat.js';
import { torchCheckpoint } from '../weights/torchCheckpoint.js';
import { ConvNorm, type BatchNormMode } from '../layers/convNorm.js';
import { EXPANSION, ResidualBlock, type BlockKind } from './residualBlock.js';

export interface ResNetOptions {
  readonly name: string;
  /** Its `size` is the side of the input. */
  readonly preprocessing: Preprocessing;
  readonly kind: BlockKind;
  /** Blocks in each stage. A stage halves the sides and doubles the channels of the one before. */
  readonly blocks: readonly number[];
  /** Channels of the first stage; 64 in the published networks. */
  readonly width: number;
  readonly batchNorm: BatchNormMode;
  readonly rng: Rng;
}

/** The classifier, and a counter that no computation uses. */
const IGNORED = /^fc\.|\.num_batches_tracked$/;

/**
 * The residual network with the parameter names of torchvision, without its classifier.
 * @see He, Zhang, Ren & Sun, CVPR 2016, arXiv:1512.03385
 */
export class ResNet implements PublishedBackbone {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly width: number;
  readonly parameters: ParameterTree;
  readonly checkpoint = torchCheckpoint(IGNORED);
  readonly #stem: ConvNorm;
  readonly #stages: readonly (readonly ResidualBlock[])[];

  constructor({ name, preprocessing, kind, blocks, width, batchNorm, rng }: ResNetOptions) {
    this.name = name;
    this.preprocessing = preprocessing;
    this.width = width * 2 ** (blocks.length - 1) * EXPANSION[kind];
    this.#stem = new ConvNorm({
      inputs: 3,
      outputs: width,
      size: 7,
      stride: 2,
      batchNorm,
      rng: rng.fork('stem'),
    });
    let inputs = width;
    this.#stages = blocks.map((count, stage) =>
      Array.from({ length: count }, (_, i) => {
        const stageWidth = width * 2 ** stage;
        const stride = stage > 0 && i === 0 ? 2 : 1;
        const from = inputs;
        inputs = stageWidth * EXPANSION[kind];
        return new ResidualBlock({
          kind,
          inputs: from,
          width: stageWidth,
          stride,
          batchNorm,
          rng: rng.fork(stage, i),
        });
      }),
    );
    const trees = this.#stages.map((stage) =>
      Object.fromEntries(stage.map((block, i) => [i, block.parameters])),
    );
    this.parameters = {
      conv1: this.#stem.conv,
      bn1: this.#stem.norm,
      ...Object.fromEntries(trees.map((tree, i) => [`layer${i + 1}`, tree])),
    };
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns the last stage's features at each place, row by row, [n, places, width], and their mean, [n, width]
   */
  features(images: tf.Tensor4D, pass: ForwardPass): Required<BackboneFeatures> {
    const { size } = this.preprocessing;
    if (images.rank !== 4 || images.shape.slice(1).join() !== `${size},${size},3`) {
      throw new Error(
        `ResNet.features: expected images [n, ${size}, ${size}, 3], but got [${images.shape.join(', ')}].`,
      );
    }
    return tf.tidy(() => {
      const stem = tf.relu(this.#stem.apply(images, pass)); // [n, size / 2, size / 2, width]
      let x = tf.maxPool(stem, 3, 2, 1, 'floor'); // [n, size / 4, size / 4, width]
      for (const block of this.#stages.flat()) x = block.apply(x, pass);
      const [n, height, width, channels] = x.shape;
      const tokens = tf.reshape<tf.Rank.R3>(x, [n, height * width, channels]);
      return { pooled: tf.mean<tf.Tensor2D>(tokens, 1), tokens };
    });
  }
}
