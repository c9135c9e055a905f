import type { SkippedItem } from '@hash/core';
import type { ListedFiles } from '../files/listedFiles.js';
import type { FoundPack } from './findPacks.js';
import { readImages } from './readImages.js';

export interface FindBadImagesOptions {
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

/** The images that cannot be read. Packs know it of theirs; all others are read once. */
export async function findBadImages(
  files: ListedFiles,
  packs: readonly FoundPack[],
  { workers, signal, onProgress }: FindBadImagesOptions,
): Promise<SkippedItem[]> {
  const { paths } = files;
  const known = new Map<number, string>();
  for (const { bad } of packs) for (const [position, reason] of bad) known.set(position, reason);
  const unknown = Array.from(paths.keys()).filter(
    (position) => !known.has(position) && !packs.some(({ pack }) => pack.offsets[position]! >= 0),
  );
  let done = paths.length - unknown.length;
  for await (const { position, result } of readImages(files, unknown, { workers, signal })) {
    if ('bad' in result) known.set(position, result.bad);
    onProgress?.({ done: ++done, total: paths.length });
  }
  return Array.from(known, ([position, reason]) => ({ position, path: paths[position]!, reason })).sort(
    (a, b) => a.position - b.position,
  );
}
