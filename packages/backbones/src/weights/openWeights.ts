import { extname } from 'node:path';
import { openNpz, openSafetensors } from '@hash/core/files';
import { openTorch } from '../files/torch/openTorch.js';
import type { WeightFile } from '../files/weightFile.js';
import { openKeras } from './openKeras.js';

/** The readers by the endings of file names. */
const READERS: Readonly<Record<string, (path: string) => Promise<WeightFile>>> = {
  '.npz': openNpz,
  '.safetensors': openSafetensors,
  '.pth': openTorch,
  '.pt': openTorch,
  '.th': openTorch,
  '.h5': openKeras,
  '.hdf5': openKeras,
};

/**
 * Opens a file of named arrays by the ending of its name.
 * @throws Error  of an unknown ending, listing the known ones; of a file that is damaged
 */
export async function openWeights(path: string): Promise<WeightFile> {
  const ending = extname(path).toLowerCase();
  const reader = Object.hasOwn(READERS, ending) ? READERS[ending] : undefined;
  if (reader === undefined) {
    const known = Object.keys(READERS).join(', ');
    throw new Error(`openWeights: ${path}: expected a file name that ends in ${known}, but got '${ending}'.`);
  }
  return reader(path);
}
