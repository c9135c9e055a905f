import { selectLabels, type Dataset, type SplitRecord } from '@hash/core';
import { z } from 'zod';
import type { DownloadProgress } from '../download/index.js';
import { STRICT } from '../inspect/inspector.js';
import { ImageSamples } from '../loader/imageSamples.js';
import { localPool } from '../loader/localPool.js';
import type { RenderPool } from '../loader/renderPool.js';
import { vectorPool } from '../loader/vectors.js';
import { WorkerPool } from '../loader/workerPool.js';
import { entryOf } from './entries.js';
import type { Content, DatasetStatus } from './entry.js';

export interface CreateDatasetOptions {
  /** The folder of the data sets; needed by all but `shapes` and `shapes-multi`. */
  readonly root?: string;
  /** The data set's own: see {@link datasetOptions}. */
  readonly options?: unknown;
  /** Threads that read and augment images, by default 0: in this thread. Results do not depend on it. */
  readonly workers?: number;
  /** Of the split, and of what is drawn; by default 0. */
  readonly seed?: number;
  /** Whether a data set that is missing is downloaded, where that is possible; by default it is. */
  readonly download?: boolean;
  /** Stops a download. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: DownloadProgress) => void;
}

/**
 * Opens a data set by name. Dispose of it when done.
 *
 * @throws Error  on an unknown name, a wrong option, or a file that is missing or damaged
 */
export async function createDataset(name: string, options: CreateDatasetOptions = {}): Promise<Dataset> {
  const { root, workers = 0, seed = 0, download = true, signal, onProgress } = options;
  if (!Number.isInteger(workers) || workers < 0) {
    throw new RangeError(
      `createDataset: expected workers to be an integer of at least 0, but got ${workers}.`,
    );
  }
  const entry = entryOf(name);
  const parsed = entry.options.safeParse(options.options ?? {});
  if (!parsed.success) {
    throw new TypeError(
      `createDataset: the options of "${name}" are wrong:\n${z.prettifyError(parsed.error)}`,
    );
  }
  const content = await entry.open(parsed.data, {
    ...{ name, root, seed, download, signal, onProgress },
    inspector: STRICT,
  });
  const pool = poolOf(content.images, workers);
  const part = (part: string) => {
    const positions = Uint32Array.from(partOf(content.split, part));
    const labels = selectLabels(content.labels, positions);
    const { captions, textVectors } = content;
    return new ImageSamples({ positions, labels, pool, captions, textVectors });
  };
  return {
    name,
    classes: content.classes,
    train: part('train'),
    query: part('query'),
    database: part('database'),
    ...(content.split.parts['validation'] === undefined ? {} : { validation: part('validation') }),
    split: content.split,
    dispose: () => pool.dispose(),
  };
}

/** The schema of a data set's options, with defaults and help texts. */
export function datasetOptions(name: string): z.ZodType {
  return entryOf(name).options;
}

/** Whether a data set is ready in `root`, and where it is or how to get it. Reads no more than names of files. */
export function datasetStatus(name: string, root?: string): Promise<DatasetStatus> {
  return entryOf(name).status(root);
}

function poolOf(images: Content['images'], workers: number): RenderPool {
  if (images.kind === 'vectors') return vectorPool(images);
  return workers === 0 ? localPool(images) : new WorkerPool(images, workers);
}

function partOf(split: SplitRecord, part: string): readonly number[] {
  return split.parts[part]!;
}
