import { checkCodeSize } from '../codes/binaryCodes.js';
import type { Rng } from '../random/rng.js';
import { centred } from './covariance.js';
import { checkFeatures, type Features } from './features.js';
import { itqRotation, nearestRotation } from './itqRotation.js';
import { linearHasher, type FeatureHasher } from './linearHasher.js';
import { matMul, transpose } from './matrix.js';
import { principalComponents } from './principalComponents.js';

export interface ItqOptions {
  /** 50 by default (paper). */
  readonly iterations?: number;
  readonly rng: Rng;
}

export interface ItqHasher extends FeatureHasher {
  /** Mean over items of ‖sign(v) - v‖², v the projected and turned item, before the first iteration and after each. */
  readonly errors: readonly number[];
}

/**
 * Iterative quantisation: projects features on their principal components, turns these so that little is lost by taking
 * the signs, and makes codes of the signs. What the field compares unsupervised hashing of given features with. All of it
 * is float64 and runs on no engine.
 *
 * @param features  what it learns from; a few thousand items do
 * @param bits      1 to the width of the features
 * @throws RangeError where there are more bits than components
 * @see Gong & Lazebnik, CVPR 2011, doi:10.1109/CVPR.2011.5995432
 */
export function itq(features: Features, bits: number, { iterations = 50, rng }: ItqOptions): ItqHasher {
  checkCodeSize('itq', features.count, bits);
  checkFeatures('itq', features);
  const { count, width } = features;
  if (count === 0) throw new RangeError('itq: expected at least one item, but got 0.');
  if (bits > width) {
    throw new RangeError(
      `itq: expected at most ${width} bits for features of width ${width}, but got ${bits}.`,
    );
  }
  const { mean, directions } = principalComponents(features, bits, rng.fork('components'));
  const components = transpose(directions, bits, width); // [width, bits]
  const projected = matMul(centred(features, mean, 0, count), components, {
    rows: count,
    inner: width,
    columns: bits,
  });
  const random = rng.fork('rotation');
  const start = nearestRotation(
    Float64Array.from({ length: bits * bits }, () => random.normal()),
    bits,
  );
  const { rotation, errors } = itqRotation(projected, start, bits, iterations);
  const normals = matMul(components, rotation, { rows: width, inner: bits, columns: bits });
  return { ...linearHasher({ name: 'itq', origin: mean, normals, bits }), errors };
}
