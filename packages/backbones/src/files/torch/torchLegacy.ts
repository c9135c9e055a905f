import { open, type FileHandle } from 'node:fs/promises';
import { readExactly } from '@hash/core';
import type { WeightFile } from '../weightFile.js';
import { LARGEST_PICKLE } from './largestPickle.js';
import { stateDict } from './stateDict.js';
import { TorchPickle } from './torchPickle.js';
import type { TorchTensor } from './torchTensor.js';
import { unpickle } from './unpickle.js';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const PROTOCOL = 1001;

/** Before each storage stands its number of elements. */
const LENGTH_BYTES = 8;

interface Contents {
  readonly arrays: ReadonlyMap<string, TorchTensor>;
  /** Where the values of each storage start, by its key. */
  readonly positions: ReadonlyMap<string, number>;
}

/** Opens what `torch.save` wrote before PyTorch 1.6: five pickles, then the storages. */
export async function openTorchLegacy(path: string): Promise<WeightFile> {
  const file = await open(path, 'r');
  try {
    const { arrays, positions } = await readContents(file, path);
    return {
      path,
      arrays,
      read: async (name) => {
        const tensor = arrays.get(name);
        if (tensor === undefined) throw new Error(`${path}: ${name}: the file has no such array.`);
        const { key, bytes } = tensor.storage;
        return tensor.values(await readExactly(file, positions.get(key)!, bytes));
      },
      close: () => file.close(),
    };
  } catch (error) {
    await file.close();
    throw error;
  }
}

async function readContents(file: FileHandle, path: string): Promise<Contents> {
  const { size } = await file.stat();
  const bytes = await readExactly(file, 0, Math.min(size, LARGEST_PICKLE));
  const host = new TorchPickle();
  let end = 0;
  const next = (): unknown => {
    const pickle = unpickle(bytes, end, host, path);
    end = pickle.end;
    return pickle.value;
  };
  const [magic, protocol, system] = [next(), next(), next()];
  const littleEndian: unknown = system instanceof Map && system.get('little_endian');
  if (magic !== MAGIC || protocol !== PROTOCOL || littleEndian !== true)
    throw new Error(
      `${path}: expected a little-endian file of torch.save, protocol ${PROTOCOL}, but found another.`,
    );
  const arrays = stateDict(next(), path);
  const positions = await locateStorages(file, path, host, next(), end, size);
  const lost = [...arrays.values()].find(({ storage }) => !positions.has(storage.key));
  if (lost) throw new Error(`${path}: expected storage ${lost.storage.key} to be listed, but it is not.`);
  return { arrays, positions };
}

/** Follows the storages in the order of the last pickle. */
async function locateStorages(
  file: FileHandle,
  path: string,
  { storages }: TorchPickle,
  keys: unknown,
  start: number,
  size: number,
): Promise<ReadonlyMap<string, number>> {
  const positions = new Map<string, number>();
  let end = start;
  for (const key of Array.isArray(keys) ? (keys as unknown[]) : [keys]) {
    const storage = typeof key === 'string' && !positions.has(key) ? storages.get(key) : undefined;
    if (storage === undefined)
      throw new Error(`${path}: expected a list of the storages, each once, but found ${String(key)}.`);
    if (size - end < LENGTH_BYTES + storage.bytes) {
      throw new Error(
        `${path}: byte ${end}: truncated: expected ${storage.bytes} bytes of storage ${storage.key}.`,
      );
    }
    const header = await readExactly(file, end, LENGTH_BYTES);
    const length = new DataView(header.buffer).getBigUint64(0, true);
    if (length !== BigInt(storage.length)) {
      throw new Error(`${path}: byte ${end}: expected ${storage.length} elements, but found ${length}.`);
    }
    positions.set(storage.key, end + LENGTH_BYTES);
    end += LENGTH_BYTES + storage.bytes;
  }
  if (end !== size) throw new Error(`${path}: expected the file to end at byte ${end}, but it has ${size}.`);
  return positions;
}
