import { readFile } from 'node:fs/promises';

/**
 * The names of classes, one in each line.
 *
 * @param count  how many there must be; any number if left out
 */
export async function readNames(path: string, count?: number): Promise<readonly string[]> {
  const text = await readFile(path, 'utf8');
  const names = text.split(/\r?\n/).filter((line) => line !== '');
  if (count !== undefined && names.length !== count) {
    throw new Error(`${path}: expected ${count} names, one in each line, but found ${names.length}.`);
  }
  return names;
}
