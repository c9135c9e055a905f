import { openArrays, toFloat32, type ArrayFile } from '@hash/core/files';
import type { HashCenters } from './hashCenters.js';

/** What a file may hold: codes of the classes in both lengths and, if it was learned before, the transform. */
export interface StoredCenters {
  readonly long: HashCenters;
  readonly short: HashCenters;
  /** Row by row, [2 longBits, 2 bits] */
  readonly transform?: Float32Array;
}

/**
 * Reads codes of classes from a file of arrays: `long`, `short_16` and, where it is there, `transform_16`.
 *
 * @param classes  as many as the data have
 * @throws Error  that names the file and the array, where one is missing, of another shape, or has other values
 */
export async function readCenters(
  path: string,
  sizes: { readonly classes: number; readonly longBits: number; readonly bits: number },
): Promise<StoredCenters> {
  const { classes, longBits, bits } = sizes;
  const file = await openArrays(path);
  try {
    const centers = async (name: string, length: number): Promise<HashCenters> => {
      const data = await readMatrix(file, name, [classes, length]);
      const other = data.find((value) => Math.abs(value) !== 1);
      if (other !== undefined)
        throw new Error(`${path}: ${name}: expected values of -1 and 1, but found ${other}.`);
      return { classes, bits: length, data };
    };
    const codes = { long: await centers('long', longBits), short: await centers(`short_${bits}`, bits) };
    const name = `transform_${bits}`;
    if (!file.arrays.has(name)) return codes;
    return { ...codes, transform: await readMatrix(file, name, [2 * longBits, 2 * bits]) };
  } finally {
    await file.close();
  }
}

async function readMatrix(file: ArrayFile, name: string, shape: readonly number[]): Promise<Float32Array> {
  const info = file.arrays.get(name);
  const expected = `[${shape.join(', ')}]`;
  if (info === undefined) {
    const found = [...file.arrays.keys()].join(', ') || 'no arrays';
    throw new Error(`${file.path}: expected an array ${name} ${expected}, but found ${found}.`);
  }
  if (info.shape.join() !== shape.join())
    throw new Error(
      `${file.path}: ${name}: expected shape ${expected}, but found [${info.shape.join(', ')}].`,
    );
  return toFloat32(await file.read(name));
}
