import { tf, type Rng } from '@hash/core';
import type { HashCenters } from './hashCenters.js';
import { labelCenters, targetPairs } from './labelCenters.js';

/** What codes of one length are drawn to. */
export class CodeTargets {
  readonly centers: HashCenters;
  readonly #ties: Float32Array;

  /** @param rng  decides the bits in which half of an item's classes differ from the others */
  constructor(centers: HashCenters, rng: Rng) {
    this.centers = centers;
    this.#ties = Float32Array.from({ length: centers.bits }, () => (rng.chance(0.5) ? 1 : -1));
  }

  /**
   * @param labels  zeros and ones, [n, classes]
   * @returns -1 and 1, [n, bits]
   */
  codes(labels: tf.Tensor2D): tf.Tensor2D {
    const { classes, bits, data } = this.centers;
    return tf.tidy(() => labelCenters(labels, tf.tensor2d(data, [classes, bits]), tf.tensor1d(this.#ties)));
  }

  /** The same as pairs of probabilities, [n, 2 bits]. */
  pairs(labels: tf.Tensor2D): tf.Tensor2D {
    return tf.tidy(() => targetPairs(this.codes(labels)));
  }
}
