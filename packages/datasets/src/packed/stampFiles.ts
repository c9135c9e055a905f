import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { ListedFiles } from '../files/listedFiles.js';

/** What tells a file from what it was before, without reading it. */
export interface FileStamp {
  readonly bytes: number;
  /** Milliseconds since 1970, whole ones: what is finer gets lost where files are copied. */
  readonly modified: number;
}

/** Of a file that is missing, in an index. */
const MISSING: FileStamp = { bytes: 0, modified: 0 };

/** Questions to the file system under way at once. */
const AT_ONCE = 64;

/** The stamps of files, by position. */
export async function stampFiles({
  folder,
  paths,
}: Pick<ListedFiles, 'folder' | 'paths'>): Promise<FileStamp[]> {
  const stamps: FileStamp[] = [];
  let next = 0;
  const work = async () => {
    for (let i = next++; i < paths.length; i = next++) {
      const found = await stat(resolve(folder, paths[i]!)).catch(() => undefined);
      stamps[i] = found === undefined ? MISSING : { bytes: found.size, modified: Math.floor(found.mtimeMs) };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return stamps;
}

export function sameFile(a: FileStamp, b: FileStamp): boolean {
  return a.bytes === b.bytes && a.modified === b.modified;
}
