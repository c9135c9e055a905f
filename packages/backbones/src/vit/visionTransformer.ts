import {
  dropout,
  initializers,
  LayerNorm,
  tf,
  type BackboneFeatures,
  type ForwardPass,
  type ParameterTree,
  type Preprocessing,
  type Rng,
} from '@hash/core';
import type { CheckpointFormat, PublishedBackbone } from '../weights/checkpointFormat.js';
import { ConvStem } from './convStem.js';
import { EncoderBlock } from './encoderBlock.js';
import { EPSILON } from './epsilon.js';
import { PatchEmbedding } from './patchEmbedding.js';
import { vitCheckpoint } from './vitCheckpoint.js';

export type Stem = 'patch' | 'conv';

export interface VisionTransformerOptions {
  readonly name: string;
  /** Its `size` is the side of the input. */
  readonly preprocessing: Preprocessing;
  /** Side of a patch in pixels; divides the size. */
  readonly patch: number;
  /** How a patch becomes a vector: `patch`, one product as published (default), or `conv`, a {@link ConvStem}. */
  readonly stem?: Stem;
  /** Features per token. */
  readonly width: number;
  /** Number of blocks. */
  readonly depth: number;
  /** Of attention; divides the width. */
  readonly heads: number;
  /** Features between the two products of each block's MLP. */
  readonly mlpWidth: number;
  /** While training: after the embedding, and twice in each MLP. */
  readonly dropout: number;
  readonly rng: Rng;
}

/**
 * The vision transformer with the parameter names of Google's checkpoints: patches and a class token, learned positions,
 * blocks that normalise first, a last normalisation.
 *
 * @see Dosovitskiy et al., ICLR 2021, arXiv:2010.11929
 */
export class VisionTransformer implements PublishedBackbone {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly width: number;
  readonly parameters: ParameterTree;
  readonly checkpoint: CheckpointFormat;
  readonly #dropout: number;
  readonly #embedding: PatchEmbedding | ConvStem;
  /** [1, 1, width] */
  readonly #classToken: tf.Variable;
  /** [1, 1 + places, width], the class token's first */
  readonly #positions: tf.Variable;
  readonly #blocks: readonly EncoderBlock[];
  readonly #norm: LayerNorm;

  /** @throws Error  where the patch does not divide the size, or the heads the width */
  constructor(options: VisionTransformerOptions) {
    const { name, preprocessing, patch, stem, width, depth, heads, rng } = options;
    const { size } = preprocessing;
    if (size % patch !== 0) {
      throw new Error(`VisionTransformer: expected patch to divide the size ${size}, but got ${patch}.`);
    }
    this.name = name;
    this.preprocessing = preprocessing;
    this.width = width;
    this.#dropout = options.dropout;
    const Embedding = stem === 'conv' ? ConvStem : PatchEmbedding;
    this.#embedding = new Embedding({ patch, width, rng: rng.fork('embedding') });
    this.#classToken = tf.tidy(() => tf.variable(tf.zeros([1, 1, width])));
    this.#positions = tf.tidy(() => {
      const shape = [1, 1 + (size / patch) ** 2, width];
      return tf.variable(initializers.truncatedNormal(0.02)(shape, rng.fork('positions')));
    });
    this.#blocks = Array.from(
      { length: depth },
      (_, i) => new EncoderBlock({ ...options, rng: rng.fork('block', i) }),
    );
    this.#norm = new LayerNorm({ width, epsilon: EPSILON });
    this.parameters = {
      cls: this.#classToken,
      embedding: this.#embedding.parameters,
      Transformer: {
        posembed_input: { pos_embedding: this.#positions },
        ...Object.fromEntries(this.#blocks.map((block, i) => [`encoderblock_${i}`, block.parameters])),
        encoder_norm: this.#norm.parameters,
      },
    };
    this.checkpoint = vitCheckpoint({ patch, heads, width });
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns the class token, [n, width], and the patches' tokens row by row, [n, places, width], after the last norm
   */
  features(images: tf.Tensor4D, pass: ForwardPass): Required<BackboneFeatures> {
    const { size } = this.preprocessing;
    if (images.rank !== 4 || images.shape.slice(1).join() !== `${size},${size},3`) {
      throw new Error(
        `VisionTransformer.features: expected images [n, ${size}, ${size}, 3], but got [${images.shape.join(', ')}].`,
      );
    }
    return tf.tidy(() => {
      let x = dropout(this.#embed(images, pass), this.#dropout, pass);
      for (const block of this.#blocks) x = block.apply(x, pass);
      const tokens = this.#norm.apply(x); // [n, 1 + places, width]
      const [n, length, width] = tokens.shape;
      return {
        pooled: tf.reshape(tf.slice(tokens, [0, 0, 0], [n, 1, width]), [n, width]),
        tokens: tf.slice(tokens, [0, 1, 0], [n, length - 1, width]),
      };
    });
  }

  /** The patches' vectors behind the class token, with their positions, [n, 1 + places, width]. */
  #embed(images: tf.Tensor4D, pass: ForwardPass): tf.Tensor3D {
    const patches = this.#embedding.apply(images, pass); // [n, places, width]
    const places = patches.shape[1];
    // Padding and one broadcast sum: repeating the class token for each image would have a gradient of n slices.
    const shared = tf.add(this.#positions, tf.pad(this.#classToken, [[0, 0], [0, places], [0, 0]])); // prettier-ignore
    return tf.add(tf.pad(patches, [[0, 0], [1, 0], [0, 0]]), shared); // prettier-ignore
  }
}
