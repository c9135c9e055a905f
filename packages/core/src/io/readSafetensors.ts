import { SafetensorsReader } from './safetensorsReader.js';
import type { StoredTensor } from './storedTensor.js';

export interface SafetensorsFile {
  /** In the order of the file. F16 and BF16 come as float32, I8, I16 and I64 as int32. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a file in the safetensors format.
 *
 * @throws Error where the file is truncated, malformed or has values that do not fit; it names the file and the tensor
 * @see https://github.com/huggingface/safetensors
 */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  const file = await SafetensorsReader.open(path);
  try {
    const { entries, metadata } = file.header;
    const tensors = new Map<string, StoredTensor>();
    for (const entry of entries) tensors.set(entry.name, await file.read(entry));
    return { tensors, metadata };
  } finally {
    await file.close();
  }
}
