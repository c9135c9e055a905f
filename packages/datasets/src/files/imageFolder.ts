import { labelsFromMultiHot, type Samples } from '@hash/core';
import { ImageSamples } from '../loader/imageSamples.js';
import { localPool } from '../loader/localPool.js';
import { WorkerPool } from '../loader/workerPool.js';
import { findImages } from './findImages.js';

/** The images of a folder, for encoding: nothing is known of them but their pixels. */
export interface ImageFolder {
  /** From the folder, with `/` between names, in the order of their characters. */
  readonly paths: readonly string[];
  /** In the order of the paths; they have the one class `image`. */
  readonly samples: Samples;
  readonly dispose: () => Promise<void>;
}

/**
 * Finds the JPEG, PNG, WebP and BMP images in a folder and those below it.
 *
 * @param workers  threads that decode them; 0, the default, decodes in this thread
 * @throws Error  where there are none
 */
export async function openImageFolder(
  folder: string,
  { workers = 0 }: { readonly workers?: number } = {},
): Promise<ImageFolder> {
  const paths = await findImages(folder);
  if (paths.length === 0)
    throw new Error(`openImageFolder: ${folder}: expected JPEG, PNG, WebP or BMP images, but found none.`);
  const origin = { kind: 'files', folder, paths } as const;
  const pool = workers === 0 ? localPool(origin) : new WorkerPool(origin, workers);
  const positions = Uint32Array.from(paths, (_, i) => i);
  const labels = labelsFromMultiHot(new Uint8Array(paths.length).fill(1), paths.length, 1);
  return { paths, samples: new ImageSamples({ positions, labels, pool }), dispose: () => pool.dispose() };
}
