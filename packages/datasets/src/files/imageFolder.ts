import type { Samples, SkippedItem } from '@hash/core';
import { labelsFromMultiHot } from '@hash/core/data';
import { ImageSamples } from '../loader/imageSamples.js';
import { openPool } from '../loader/openPool.js';
import { findBadImages } from '../packed/findBadImages.js';
import { findImages } from './findImages.js';
import type { ListedFiles } from './listedFiles.js';

/** The images of a folder, for encoding: nothing is known of them but their pixels. */
export interface ImageFolder {
  /** From the folder, with `/` between names, in the order of their characters. */
  readonly paths: readonly string[];
  /** In the order of the paths; they have the one class `image`. */
  readonly samples: Samples;
  /** Images that cannot be read and were left out. */
  readonly skipped: readonly SkippedItem[];
  readonly dispose: () => Promise<void>;
}

export interface ImageFolderOptions {
  /** Threads that decode images; 0, the default, decodes in this thread. */
  readonly workers?: number;
  /** Whether an image that cannot be read ends the work that reads it, the default, or is left out. */
  readonly badImages?: 'fail' | 'skip';
  readonly signal?: AbortSignal;
}

/**
 * Finds the JPEG, PNG, WebP and BMP images in a folder and those below it.
 *
 * @throws Error  where there are none
 */
export async function openImageFolder(
  folder: string,
  { workers = 0, badImages = 'fail', signal }: ImageFolderOptions = {},
): Promise<ImageFolder> {
  const all = await findImages(folder);
  if (all.length === 0)
    throw new Error(`openImageFolder: ${folder}: expected JPEG, PNG, WebP or BMP images, but found none.`);
  const files: ListedFiles = {
    kind: 'files',
    folder,
    paths: all,
    reading: { orientation: 'upright', badImages },
  };
  const skipped = badImages === 'skip' ? await findBadImages(files, [], { workers, signal }) : [];
  const unwanted = new Set(skipped.map(({ path }) => path));
  const paths = all.filter((path) => !unwanted.has(path));
  if (paths.length === 0)
    throw new Error(
      `openImageFolder: ${folder}: none of ${all.length} images can be read: ${skipped[0]!.reason}`,
    );
  const pool = openPool({ ...files, paths }, workers);
  const positions = Uint32Array.from(paths, (_, i) => i);
  const labels = labelsFromMultiHot(new Uint8Array(paths.length).fill(1), paths.length, 1);
  const samples = new ImageSamples({ positions, labels, pool });
  return { paths, samples, skipped, dispose: () => pool.dispose() };
}
