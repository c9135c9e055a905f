import type { ArrayFile } from '../files/arrayFile.js';
import { countElements } from '../files/numericArray.js';

/**
 * Reads a file of arrays to its end, for a test of its reader.
 *
 * @returns whether it was read; false where it was refused with an error that names the file
 * @throws whatever else the reader did, a `TypeError` where an array has not the length of its shape
 */
export async function readsOrRefuses(
  path: string,
  open: (path: string) => Promise<ArrayFile>,
): Promise<boolean> {
  try {
    await readAll(path, open);
    return true;
  } catch (error) {
    if (isRefusal(error, path)) return false;
    throw error;
  }
}

/** Whether an error is what a reader refuses a file with, and not one of JavaScript's own: it names the file. */
export function isRefusal(error: unknown, path: string): error is Error {
  return error instanceof Error && error.constructor === Error && error.message.includes(path);
}

async function readAll(path: string, open: (path: string) => Promise<ArrayFile>): Promise<void> {
  const file = await open(path);
  try {
    for (const [name, { shape }] of file.arrays) {
      const { data } = await file.read(name);
      if (data.length !== countElements(shape)) throw new TypeError(`${name} has ${data.length} elements.`);
    }
  } finally {
    await file.close();
  }
}
