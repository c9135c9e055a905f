import { STORED_TYPES } from '../io/decodeStored.js';
import { SafetensorsReader } from '../io/safetensorsReader.js';
import type { ArrayFile } from './arrayFile.js';
import type { ArrayInfo } from './numericArray.js';

/** Opens a safetensors file. Only its header is read as yet. */
export async function openSafetensors(path: string): Promise<ArrayFile> {
  const file = await SafetensorsReader.open(path);
  const entries = new Map(file.header.entries.map((entry) => [entry.name, entry]));
  const arrays = new Map<string, ArrayInfo>();
  for (const [name, { dtype, shape }] of entries) arrays.set(name, { dtype: STORED_TYPES[dtype], shape });
  return {
    path,
    arrays,
    read: async (name) => {
      const entry = entries.get(name);
      if (entry === undefined) throw new Error(`${path}: ${name}: the file has no such array.`);
      return file.read(entry);
    },
    close: () => file.close(),
  };
}
