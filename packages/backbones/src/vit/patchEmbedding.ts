import { initializers, Linear, type Module, type ParameterTree, type Rng, type tf } from '@hash/core';
import { imagePatches } from './imagePatches.js';

export interface PatchEmbeddingOptions {
  /** Side of a patch, in pixels. */
  readonly patch: number;
  readonly width: number;
  readonly rng: Rng;
}

const CHANNELS = 3;

/** Standard deviation of a unit normal distribution that is cut at two deviations. */
const CUT_DEVIATION = 0.87962566;

/**
 * Maps each patch of an image to a vector. This is the published network's convolution whose stride is its size, done
 * as one matrix product: no pixel belongs to two patches.
 */
export class PatchEmbedding implements Module {
  readonly patch: number;
  readonly #linear: Linear;
  readonly parameters: ParameterTree;

  constructor({ patch, width, rng }: PatchEmbeddingOptions) {
    const inputs = patch * patch * CHANNELS;
    const kernel = initializers.truncatedNormal(Math.sqrt(1 / inputs) / CUT_DEVIATION);
    this.patch = patch;
    this.#linear = new Linear({ inputs, outputs: width, rng, kernel, bias: initializers.zeros() });
    this.parameters = this.#linear.parameters;
  }

  /**
   * @param images  [n, size, size, 3], the size a multiple of the patch's
   * @returns [n, (size / patch)², width], row by row
   */
  apply(images: tf.Tensor4D): tf.Tensor3D {
    return this.#linear.apply(imagePatches(images, this.patch));
  }
}
