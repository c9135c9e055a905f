import { Conv2d, tf, type ForwardPass, type Module, type ParameterTree, type Rng } from '@hash/core';
import { ConvNorm } from '../layers/convNorm.js';

export interface ConvStemOptions {
  /** Side of a patch in pixels, a power of 2. */
  readonly patch: number;
  readonly width: number;
  readonly rng: Rng;
}

const CHANNELS = 3;

/**
 * Maps an image to a vector for each patch by 3x3 convolutions with batch normalisation and ReLU, each of which halves
 * the grid and doubles the width, and one of 1x1. On top of it a transformer from scratch learns far sooner than on raw
 * patches.
 *
 * @see Xiao et al., NeurIPS 2021, arXiv:2106.14881
 */
export class ConvStem implements Module {
  readonly parameters: ParameterTree;
  readonly #halvings: readonly ConvNorm[];
  readonly #projection: Conv2d;

  /** @throws Error  where the patch is no power of 2 */
  constructor({ patch, width, rng }: ConvStemOptions) {
    const count = Math.log2(patch);
    if (!Number.isInteger(count)) {
      throw new Error(`ConvStem: expected patch to be a power of 2, but got ${patch}.`);
    }
    const widths = Array.from({ length: count }, (_, i) => Math.ceil(width / 2 ** (count - 1 - i)));
    this.#halvings = widths.map((outputs, i) => {
      const inputs = widths[i - 1] ?? CHANNELS;
      return new ConvNorm({
        inputs,
        outputs,
        size: 3,
        stride: 2,
        batchNorm: 'batch',
        rng: rng.fork('halving', i),
      });
    });
    this.#projection = new Conv2d({
      inputs: widths.at(-1) ?? CHANNELS,
      outputs: width,
      size: 1,
      rng: rng.fork('projection'),
    });
    this.parameters = {
      ...Object.fromEntries(this.#halvings.map(({ conv, norm }, i) => [`halving_${i}`, { conv, norm }])),
      projection: this.#projection.parameters,
    };
  }

  /**
   * @param images  [n, size, size, 3], the size a multiple of the patch's
   * @returns [n, (size / patch)², width], row by row
   */
  apply(images: tf.Tensor4D, pass: ForwardPass): tf.Tensor3D {
    return tf.tidy(() => {
      const map = this.#halvings.reduce((x, halving) => tf.relu(halving.apply(x, pass)), images);
      const projected = this.#projection.apply(map); // [n, grid, grid, width]
      const [n, grid, , width] = projected.shape;
      return tf.reshape(projected, [n, grid * grid, width]);
    });
  }
}
