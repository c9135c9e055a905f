import { checkCodeSize } from '../codes/binaryCodes.js';
import type { Rng } from '../random/rng.js';
import { linearHasher, type FeatureHasher } from './linearHasher.js';

export interface LshOptions {
  /** Of the features. */
  readonly width: number;
  readonly bits: number;
  readonly rng: Rng;
  /** Where the planes meet, [width]: the mean of the features (`featureMean`) halves them well; 0 by default. */
  readonly origin?: Float64Array;
}

/**
 * Locality-sensitive hashing: a bit says on which side of a random plane an item lies. Of two items the share of bits in
 * which they differ is, in expectation, the angle between them divided by π.
 *
 * @see Charikar, STOC 2002, doi:10.1145/509907.509965
 */
export function lsh({ width, bits, rng, origin = new Float64Array(width) }: LshOptions): FeatureHasher {
  checkCodeSize('lsh', 0, bits);
  if (origin.length !== width) {
    throw new RangeError(`lsh: expected an origin of ${width} numbers, but got ${origin.length}.`);
  }
  const normals = Float64Array.from({ length: width * bits }, () => rng.normal());
  return linearHasher({ name: 'lsh', origin, normals, bits });
}
