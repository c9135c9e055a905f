import {
  initializers,
  LayerNorm,
  tf,
  type Backbone,
  type BackboneFeatures,
  type ParameterTree,
  type Preprocessing,
  type Rng,
} from '@hash/core';
import { imagePatches } from '../vit/imagePatches.js';
import { EPSILON } from './epsilon.js';
import { project } from './project.js';
import { torchNames } from './torchNames.js';
import { Transformer } from './transformer.js';

export interface ClipImageTowerOptions {
  readonly name: string;
  /** Its `size` is the side of the input. */
  readonly preprocessing: Preprocessing;
  /** Side of a patch in pixels; divides the size. */
  readonly patch: number;
  /** Features per token inside the tower. */
  readonly width: number;
  /** Number of blocks. */
  readonly depth: number;
  /** Of attention; divides the width. */
  readonly heads: number;
  /** Per image and per token, after the projection. */
  readonly features: number;
  readonly rng: Rng;
}

/**
 * CLIP's vision transformer: patches and a class token, a normalisation, blocks, another normalisation, a projection. First
 * values are those of the published program.
 *
 * @see Radford et al., ICML 2021, arXiv:2103.00020
 */
export class ClipImageTower implements Backbone {
  readonly name: string;
  readonly preprocessing: Preprocessing;
  readonly width: number;
  readonly parameters: ParameterTree;
  readonly #patch: number;
  /** [patch, patch, 3, width] */
  readonly #kernel: tf.Variable;
  /** [width] */
  readonly #classToken: tf.Variable;
  /** [1 + places, width], the class token's first */
  readonly #positions: tf.Variable;
  readonly #normBefore: LayerNorm;
  readonly #transformer: Transformer;
  readonly #normAfter: LayerNorm;
  /** [width, features] */
  readonly #projection: tf.Variable;

  /** @throws Error  where the patch does not divide the size, or the heads the width */
  constructor({ name, preprocessing, patch, width, depth, heads, features, rng }: ClipImageTowerOptions) {
    const { size } = preprocessing;
    if (size % patch !== 0) {
      throw new Error(`ClipImageTower: expected patch to divide the size ${size}, but got ${patch}.`);
    }
    const scaled = initializers.normal(width ** -0.5);
    const variable = (name: string, shape: number[], initial = scaled) =>
      tf.tidy(() => tf.variable(initial(shape, rng.fork(name))));
    this.name = name;
    this.preprocessing = preprocessing;
    this.width = features;
    this.#patch = patch;
    this.#kernel = variable('kernel', [patch, patch, 3, width], initializers.torchDefault());
    this.#classToken = variable('class', [width]);
    this.#positions = variable('positions', [1 + (size / patch) ** 2, width]);
    this.#normBefore = new LayerNorm({ width, epsilon: EPSILON });
    this.#transformer = new Transformer({ width, depth, heads, rng });
    this.#normAfter = new LayerNorm({ width, epsilon: EPSILON });
    this.#projection = variable('projection', [width, features]);
    this.parameters = {
      class_embedding: this.#classToken,
      positional_embedding: this.#positions,
      proj: this.#projection,
      conv1: { weight: this.#kernel },
      ln_pre: torchNames(this.#normBefore),
      transformer: this.#transformer.parameters,
      ln_post: torchNames(this.#normAfter),
    };
  }

  /**
   * @param images  normalised pixels, [n, size, size, 3]
   * @returns the projected class token, [n, features], and the patches' projected tokens row by row,
   * [n, places, features]
   */
  features(images: tf.Tensor4D): Required<BackboneFeatures> {
    const { size } = this.preprocessing;
    if (images.rank !== 4 || images.shape.slice(1).join() !== `${size},${size},3`) {
      throw new Error(
        `ClipImageTower.features: expected images [n, ${size}, ${size}, 3], but got [${images.shape.join(', ')}].`,
      );
    }
    return tf.tidy(() => {
      const x = this.#transformer.apply(this.#normBefore.apply(this.#embed(images)));
      const tokens = project(this.#normAfter.apply(x), this.#projection as tf.Tensor2D); // [n, 1 + places, features]
      const [n, length, features] = tokens.shape;
      return {
        pooled: tf.reshape(tf.slice(tokens, [0, 0, 0], [n, 1, features]), [n, features]),
        tokens: tf.slice(tokens, [0, 1, 0], [n, length - 1, features]),
      };
    });
  }

  /** The patches' vectors behind the class token, with their positions, [n, 1 + places, width]. */
  #embed(images: tf.Tensor4D): tf.Tensor3D {
    const [, , , width] = this.#kernel.shape as [number, number, number, number];
    const patches = imagePatches(images, this.#patch); // [n, places, pixels]
    const [, places, pixels] = patches.shape;
    const embedded = project(patches, tf.reshape(this.#kernel, [pixels, width])); // [n, places, width]
    // Padding and one broadcast sum: repeating the class token for each image would have a gradient of n slices.
    const classToken = tf.pad(tf.reshape(this.#classToken, [1, width]), [[0, places], [0, 0]]); // prettier-ignore
    const shared = tf.add(this.#positions, classToken); // [1 + places, width]
    return tf.add(tf.pad(embedded, [[0, 0], [1, 0], [0, 0]]), shared); // prettier-ignore
  }
}
