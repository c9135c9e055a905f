import { readSafetensors } from '../io/readSafetensors.js';
import type { ArrayFile } from './arrayFile.js';

/** Opens a safetensors file. It is read whole. */
export async function openSafetensors(path: string): Promise<ArrayFile> {
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
