import { readdir } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';

/** Files that a system keeps beside others, such as `._a.jpg`, begin with a dot. */
const IMAGE = /^[^.].*\.(jpe?g|png|webp|bmp)$/i;

/**
 * The images in a folder and those below it.
 *
 * @returns paths from the folder, with `/` between names, in the order of their characters
 */
export async function findImages(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  return found
    .filter((entry) => entry.isFile() && IMAGE.test(entry.name))
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
