import { dirname, join } from 'node:path';
import type { Access, DatasetStatus } from '../catalogue/entry.js';
import { ARCHIVES, downloadArchive, type ArchiveName } from '../download/index.js';
import { downloadFolder, findFolder } from './findFolder.js';

/** The folder of the data set, which is downloaded where it is missing and may be. */
export async function locateCifar(archive: ArchiveName, access: Omit<Access, 'inspector'>): Promise<string> {
  const { name, root, download, signal, onProgress } = access;
  if (root === undefined) {
    throw new Error(
      `createDataset: expected root, the folder of the data sets, for "${name}", but got none.`,
    );
  }
  const folder = await findFolder(archive, root);
  if (folder !== undefined) return folder;
  if (!download) throw new Error(`createDataset: ${howToGet(archive, root)}`);
  return downloadArchive(archive, downloadFolder(archive, root), { signal, onProgress });
}

/** Adds to what goes wrong with a file how to get a good one. */
export async function withAdvice<T>(
  archive: ArchiveName,
  folder: string,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read();
  } catch (error) {
    throw new Error(
      `${(error as Error).message} To get it anew: rm -r ${folder} && ${commandFor(archive, dirname(folder))}.`,
      { cause: error },
    );
  }
}

export async function cifarStatus(archive: ArchiveName, root: string | undefined): Promise<DatasetStatus> {
  if (root === undefined) return { found: false, detail: 'no folder of data sets was given' };
  const folder = await findFolder(archive, root);
  if (folder !== undefined) return { found: true, detail: folder };
  return { found: false, detail: howToGet(archive, root) };
}

function howToGet(archive: ArchiveName, root: string): string {
  const { title, folder } = ARCHIVES[archive];
  const target = downloadFolder(archive, root);
  return `${title} is not in ${root}. To get it: mkdir -p ${target} && ${commandFor(archive, target)}. That makes ${join(target, folder)}.`;
}

function commandFor(archive: ArchiveName, target: string): string {
  return `curl -L ${ARCHIVES[archive].url} | tar -xz -C ${target}`;
}
