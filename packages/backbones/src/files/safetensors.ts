import { readSafetensors } from '@hash/core';
import type { WeightFile } from './weightFile.js';

/** Opens a safetensors file. It is read whole. */
export async function openSafetensors(path: string): Promise<WeightFile> {
  const { tensors } = await readSafetensors(path);
  return {
    path,
    arrays: tensors,
    read: (name) => {
      const array = tensors.get(name);
      return array === undefined
        ? Promise.reject(new Error(`${path}: ${name}: the file has no such array.`))
        : Promise.resolve(array);
    },
    close: () => Promise.resolve(),
  };
}
