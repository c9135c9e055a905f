import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { ARCHIVES, type ArchiveName } from '../download/index.js';

/** Where a data set is downloaded to: a folder that this project's git ignores when `root` is its `datasets`. */
export function downloadFolder(name: ArchiveName, root: string): string {
  return join(root, name, 'data');
}

/** Where a data set may lie: as the download leaves it, as its authors' archive unpacks, or loose in its folder. */
export function possibleFolders(name: ArchiveName, root: string): readonly string[] {
  const { folder } = ARCHIVES[name];
  const own = join(root, name);
  const data = downloadFolder(name, root);
  return [join(data, folder), join(root, folder), join(own, folder), data, own];
}

/** The first of the places that has one of the data set's files. */
export async function findFolder(name: ArchiveName, root: string): Promise<string | undefined> {
  const binary = Object.keys(ARCHIVES[name].files).filter((file) => file.endsWith('.bin'));
  for (const folder of possibleFolders(name, root)) {
    const found = await Promise.all(binary.map((file) => isFile(join(folder, file))));
    if (found.includes(true)) return folder;
  }
  return undefined;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}
