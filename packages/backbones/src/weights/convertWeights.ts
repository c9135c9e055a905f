import { writeSafetensors, type StoredTensor } from '@hash/core';
import { toFloat32, type NumericArray } from '@hash/core/files';
import { openWeights } from './openWeights.js';

/** What a file of weights holds. */
export interface WeightSummary {
  readonly arrays: number;
  /** Numbers in all arrays. */
  readonly values: number;
}

/**
 * Reads a file of weights to its end, so that damage is found where the format has checksums or lengths.
 *
 * @throws Error  that names the file and what is wrong with it
 */
export async function inspectWeights(path: string): Promise<WeightSummary> {
  let values = 0;
  const arrays = await readAll(path, (_, { data }) => (values += data.length));
  return { arrays, values };
}

/**
 * Writes the arrays of a file of weights as safetensors, with the same names and shapes. Floats become float32, integers
 * int32 unless they are bytes.
 *
 * @param target  replaced as a whole
 * @throws Error  where an integer does not fit into 32 bits
 */
export async function convertWeights(path: string, target: string): Promise<WeightSummary> {
  const tensors = new Map<string, StoredTensor>();
  let values = 0;
  const arrays = await readAll(path, (name, array) => {
    tensors.set(name, storable(array, `convertWeights: ${path}: ${name}`));
    values += array.data.length;
  });
  await writeSafetensors(target, tensors);
  return { arrays, values };
}

async function readAll(path: string, use: (name: string, array: NumericArray) => void): Promise<number> {
  const file = await openWeights(path);
  try {
    for (const name of file.arrays.keys()) use(name, await file.read(name));
    return file.arrays.size;
  } finally {
    await file.close();
  }
}

function storable(array: NumericArray, place: string): StoredTensor {
  const { dtype, shape, data } = array;
  if (dtype === 'uint8' || dtype === 'bool') return { dtype, shape, data: data as Uint8Array };
  if (dtype.includes('float')) return { dtype: 'float32', shape, data: toFloat32(array) };
  const narrow = Int32Array.from(data as ArrayLike<number | bigint>, Number);
  const wrong = narrow.findIndex((value, i) => value !== Number(data[i]));
  if (wrong < 0) return { dtype: 'int32', shape, data: narrow };
  throw new Error(
    `${place}: expected integers that fit into 32 bits, but got ${data[wrong]} at element ${wrong}.`,
  );
}
