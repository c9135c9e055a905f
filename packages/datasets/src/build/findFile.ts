import { join } from 'node:path';
import { firstOf } from '../files/findPlace.js';

/**
 * A file or folder of a release, which has been unpacked in one of several ways.
 *
 * @param names  paths from the folder of the release
 * @throws Error  that lists them, where none is there
 */
export async function findFile(from: string, ...names: readonly string[]): Promise<string> {
  const found = await firstOf(from, names);
  if (found !== undefined) return found;
  throw new Error(`${from}: expected ${names.map((name) => join(name)).join(' or ')}, but there is none.`);
}
