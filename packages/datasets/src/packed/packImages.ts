import { join } from 'node:path';
import type { SkippedItem } from '@hash/core';
import type { ListedFiles } from '../files/listedFiles.js';
import { INDEX, packFolder, type PackKind } from './pack.js';
import { readPackIndex, type PackEntry } from './packIndex.js';
import { PackWriter } from './packWriter.js';
import { readImages } from './readImages.js';
import { sameFile, stampFiles, type FileStamp } from './stampFiles.js';

export interface PackImagesOptions {
  /** Pixels of the shorter side; null for images as they are. */
  readonly size: PackKind['size'];
  readonly interpolation: PackKind['interpolation'];
  /** Threads that read images; 0: this one. */
  readonly workers: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
}

export interface PackedImagesReport {
  /** Where the pack lies. */
  readonly folder: string;
  /** Images that were there already, and that were added now. */
  readonly kept: number;
  readonly added: number;
  /** Images that cannot be read, and why. */
  readonly bad: readonly SkippedItem[];
}

/**
 * Packs images: decoded, resized, their pixels one behind the other in a file. What is packed already is looked at and
 * kept; so a pack that was stopped, or whose images have changed, is completed by packing again.
 *
 * @throws Error  where an image cannot be read, unless `reading.badImages` is `skip`, and where none can
 */
export async function packImages(
  files: ListedFiles,
  { size, interpolation, workers, signal, onProgress }: PackImagesOptions,
): Promise<PackedImagesReport> {
  const kind = { size, interpolation, orientation: files.reading.orientation };
  const folder = packFolder(files.folder, kind);
  const stamps = await stampFiles(files);
  const { entries } = await readPackIndex(join(folder, INDEX));
  const skip = files.reading.badImages === 'skip';
  const bad: SkippedItem[] = [];
  const wanted: number[] = [];
  const writer = await PackWriter.open(folder);
  try {
    for (const [position, path] of files.paths.entries()) {
      signal?.throwIfAborted();
      const entry = entries.get(path);
      if (!(await isThere(entry, stamps[position]!, writer, skip))) wanted.push(position);
      else if ('bad' in entry!) bad.push({ position, path, reason: entry.bad });
    }
    const kept = files.paths.length - wanted.length - bad.length;
    let added = 0;
    for await (const { position, result } of readImages(files, wanted, { kind, workers, signal })) {
      const image = { path: files.paths[position]!, ...stamps[position]! };
      if ('bad' in result) {
        if (!skip) throw new Error(result.bad);
        bad.push({ position, path: image.path, reason: result.bad });
        writer.addBad({ ...image, bad: result.bad });
      } else {
        await writer.add({ ...image, width: result.width, height: result.height }, result.data!);
        added++;
      }
      onProgress?.({ done: kept + added + bad.length, total: files.paths.length });
    }
    if (kept + added === 0)
      throw new Error(`packImages: of ${bad.length} images none can be read: ${bad[0]!.reason}`);
    return { folder, kept, added, bad };
  } finally {
    await writer.save();
    await writer.close();
  }
}

/** Whether an image needs no more work. One that cannot be read is tried again where it must not be left out. */
async function isThere(
  entry: PackEntry | undefined,
  stamp: FileStamp,
  writer: PackWriter,
  skip: boolean,
): Promise<boolean> {
  if (entry === undefined || !sameFile(entry, stamp)) return false;
  return 'bad' in entry ? skip : writer.has(entry);
}
