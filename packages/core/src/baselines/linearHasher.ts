import type { BinaryCodes } from '../codes/binaryCodes.js';
import { packCodes } from '../codes/packCodes.js';
import { tf } from '../tf.js';
import { centred } from './covariance.js';
import { checkFeatures, type Features } from './features.js';

/** Makes codes of features, without a network of its own. */
export interface FeatureHasher {
  readonly width: number;
  readonly bits: number;
  /** @throws RangeError where the features have another width */
  encode(features: Features): BinaryCodes;
}

export interface Hyperplanes {
  /** Starts error messages: `itq`. */
  readonly name: string;
  /** Where all planes meet, [width]. */
  readonly origin: Float64Array;
  /** Normals of the planes in columns, [width, bits]. */
  readonly normals: Float64Array;
  readonly bits: number;
}

/** Items that are encoded at once, so that what lies between features and codes stays small. */
const BLOCK = 4096;

/**
 * A bit for each of some hyperplanes: on which side of it an item lies, `(x - origin)·normal >= 0`, by the engine's
 * float32.
 */
export function linearHasher({ name, origin, normals, bits }: Hyperplanes): FeatureHasher {
  const width = origin.length;
  const planes = new Float32Array(normals);
  return {
    width,
    bits,
    encode: (features) => {
      checkFeatures(`${name}.encode`, features);
      if (features.width !== width) {
        throw new RangeError(
          `${name}.encode: expected features of width ${width}, but got width ${features.width}.`,
        );
      }
      const { count } = features;
      const values = new Float32Array(count * bits);
      for (let from = 0; from < count; from += BLOCK) {
        const items = Math.min(BLOCK, count - from);
        const sides = tf.tidy(() => {
          const rows = tf.tensor2d(new Float32Array(centred(features, origin, from, items)), [items, width]);
          return tf.matMul(rows, tf.tensor2d(planes, [width, bits])); // [items, bits]
        });
        values.set(sides.dataSync(), from * bits);
        sides.dispose();
      }
      return packCodes(values, count, bits);
    },
  };
}
