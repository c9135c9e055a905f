import type { BinaryCodes } from '../codes/binaryCodes.js';
import { packCodes } from '../codes/packCodes.js';
import { checkFeatures, type Features } from './features.js';
import { matMul } from './matrix.js';

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

/** A bit for each of some hyperplanes: on which side of it an item lies, `(x - origin)·normal >= 0`. */
export function linearHasher({ name, origin, normals, bits }: Hyperplanes): FeatureHasher {
  const width = origin.length;
  const offsets = matMul(origin, normals, { rows: 1, inner: width, columns: bits });
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
      const { count, data } = features;
      const values = new Float64Array(count * bits);
      for (let from = 0; from < count; from += BLOCK) {
        const block = data.subarray(from * width, (from + BLOCK) * width);
        const sizes = { rows: block.length / width, inner: width, columns: bits };
        values.set(matMul(block, normals, sizes), from * bits);
      }
      for (let at = 0; at < values.length; at++) values[at]! -= offsets[at % bits]!;
      return packCodes(values, count, bits);
    },
  };
}
