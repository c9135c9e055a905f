import { basename, extname } from 'node:path';
import type { ArrayFile } from './arrayFile.js';
import { openHdf5 } from './hdf5/openHdf5.js';
import { openMat } from './mat/openMat.js';
import { readNpy } from './npy.js';
import { openNpz } from './npz.js';
import { openSafetensors } from './safetensors.js';

const OPENERS: Readonly<Record<string, (path: string) => Promise<ArrayFile>>> = {
  '.npy': openNpy,
  '.npz': openNpz,
  '.safetensors': openSafetensors,
  '.mat': openMat,
  '.h5': openHdf5,
  '.hdf5': openHdf5,
};

/** The endings of the names of files that `openArrays` opens. */
export const ARRAY_EXTENSIONS: readonly string[] = Object.keys(OPENERS);

/**
 * Opens a file of arrays, of the format that its name ends in.
 *
 * @throws Error  that names the file: its format is unknown, or its content is another
 */
export async function openArrays(path: string): Promise<ArrayFile> {
  const extension = extname(path).toLowerCase();
  const opener = Object.hasOwn(OPENERS, extension) ? OPENERS[extension] : undefined;
  if (opener !== undefined) return opener(path);
  throw new Error(`${path}: expected a file named *${ARRAY_EXTENSIONS.join(', *')}.`);
}

/** The one array has the name of the file, without the ending. */
async function openNpy(path: string): Promise<ArrayFile> {
  const array = await readNpy(path);
  const only = basename(path, extname(path));
  return {
    path,
    arrays: new Map([[only, array]]),
    read: (name) =>
      name === only
        ? Promise.resolve(array)
        : Promise.reject(new Error(`${path}: ${name}: the file has no such array.`)),
    close: () => Promise.resolve(),
  };
}
