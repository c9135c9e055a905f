import {
  Conv2d,
  dropout,
  Linear,
  tf,
  type BackboneFeatures,
  type ForwardPass,
  type Initializer,
  type ParameterTree,
  type Preprocessing,
  type Rng,
} from '@hash/core';
import type { PublishedBackbone } from '../weights/checkpointFormat.js';
import { torchCheckpoint } from '../weights/torchCheckpoint.js';
import { adaptiveAveragePool } from './adaptiveAveragePool.js';
import type { ConvNetPlan } from './convNetPlan.js';

export interface ConvNetOptions {
  readonly name: string;
  /** Its `size` is the side of the input. */
  readonly preprocessing: Preprocessing;
  readonly plan: ConvNetPlan;
  /** Of the convolutions' channels; 1 in the published network. */
  readonly multiplier: number;
  /** Of the connected layers: the features. */
  readonly width: number;
  /** Rate while training. */
  readonly dropout: number;
  /** First values of the layers; PyTorch's by default. */
  readonly initial?: ConvNetInitializers;
  readonly rng: Rng;
}

export interface ConvNetInitializers {
  readonly convolution: Initializer;
  readonly connected: Initializer;
  readonly bias: Initializer;
}

/** The layer that classifies. */
const IGNORED = /^classifier\.6\./;

/** AlexNet or VGG with the parameter names of torchvision, up to fc7: the last layer before the one that classifies. */
export class ConvNet implements PublishedBackbone {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly width: number;
  readonly parameters: ParameterTree;
  readonly checkpoint = torchCheckpoint(IGNORED);
  readonly #plan: ConvNetPlan;
  readonly #dropout: number;
  readonly #layers: readonly (Conv2d | 'pool')[];
  readonly #connected: readonly Linear[];

  constructor(options: ConvNetOptions) {
    const { name, preprocessing, plan, multiplier, width, initial, rng } = options;
    this.name = name;
    this.preprocessing = preprocessing;
    this.width = width;
    this.#plan = plan;
    this.#dropout = options.dropout;
    const features: Record<string, ParameterTree> = {};
    let inputs = 3;
    let place = 0;
    this.#layers = plan.layers.map((layer) => {
      if (layer === 'pool') {
        place += 1;
        return layer;
      }
      const { channels, ...window } = layer;
      const outputs = Math.max(1, Math.round(channels * multiplier));
      const first = initial && { kernel: initial.convolution, bias: initial.bias };
      const conv = new Conv2d({ inputs, outputs, ...window, ...first, rng: rng.fork('features', place) });
      features[place] = torchNames(conv);
      inputs = outputs;
      place += 2; // with its ReLU
      return conv;
    });
    this.#connected = plan.connected.map((index, i) => {
      const first = initial && { kernel: initial.connected, bias: initial.bias };
      const from = i === 0 ? inputs * plan.side ** 2 : width;
      return new Linear({ inputs: from, outputs: width, ...first, rng: rng.fork('classifier', index) });
    });
    const classifier = plan.connected.map((index, i) => [index, torchNames(this.#connected[i]!)] as const);
    this.parameters = { features, classifier: Object.fromEntries(classifier) };
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns fc7 after its ReLU, [n, width]; there are no tokens, as places are gone by then
   */
  features(images: tf.Tensor4D, pass: ForwardPass): BackboneFeatures {
    const { size } = this.preprocessing;
    if (images.rank !== 4 || images.shape.slice(1).join() !== `${size},${size},3`) {
      throw new Error(
        `ConvNet.features: expected images [n, ${size}, ${size}, 3], but got [${images.shape.join(', ')}].`,
      );
    }
    const { window, side, dropout: order } = this.#plan;
    return tf.tidy(() => {
      let maps = images;
      for (const layer of this.#layers) {
        maps = layer === 'pool' ? tf.maxPool(maps, window, 2, 0, 'floor') : tf.relu(layer.apply(maps));
      }
      const pooled = adaptiveAveragePool(maps, side); // [n, channels, side, side]
      let x = tf.reshape<tf.Rank.R2>(pooled, [images.shape[0], -1]); // [n, channels * side²]
      for (const linear of this.#connected) {
        if (order === 'before') x = dropout(x, this.#dropout, pass);
        x = tf.relu(linear.apply(x));
        if (order === 'after') x = dropout(x, this.#dropout, pass);
      }
      return { pooled: x };
    });
  }
}

function torchNames({ kernel, bias }: Conv2d | Linear): ParameterTree {
  return { weight: kernel, bias: bias! };
}
