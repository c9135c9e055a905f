import type { Dataset, SplitRecord } from '@hash/core';
import { selectLabels } from '@hash/core/data';
import type { z } from 'zod';
import { ImageSamples } from '../loader/imageSamples.js';
import { openPool } from '../loader/openPool.js';
import { vectorPool } from '../loader/vectors.js';
import { entryOf } from './entries.js';
import type { DatasetStatus } from './entry.js';
import { openContent, type OpenOptions } from './openContent.js';
import { readyImages, type ReadyOptions } from './readyImages.js';

export type CreateDatasetOptions = OpenOptions & ReadyOptions;

/**
 * Opens a data set by name. Dispose of it when done.
 *
 * @throws Error  on an unknown name, a wrong option, or a file that is missing or damaged
 */
export async function createDataset(name: string, options: CreateDatasetOptions = {}): Promise<Dataset> {
  const content = await readyImages(name, await openContent(name, options, 'createDataset'), options);
  const { images, labels, split, classes, captions, textVectors } = content;
  const pool = images.kind === 'vectors' ? vectorPool(images) : openPool(images, options.workers ?? 0);
  const part = (part: string) => {
    const positions = Uint32Array.from(partOf(split, part));
    return new ImageSamples({
      ...{ positions, labels: selectLabels(labels, positions), pool, captions, textVectors },
    });
  };
  return {
    name,
    classes,
    train: part('train'),
    query: part('query'),
    database: part('database'),
    ...(split.parts['validation'] === undefined ? {} : { validation: part('validation') }),
    split,
    dispose: () => pool.dispose(),
  };
}

/** The schema of a data set's options, with defaults and help texts. */
export function datasetOptions(name: string): z.ZodType {
  return entryOf(name).options;
}

/** Whether a data set that is missing is downloaded when it is opened. */
export function isDownloadable(name: string): boolean {
  return entryOf(name).downloads === true;
}

/** Whether a data set is ready in `root`, and where it is or how to get it. Reads no more than names of files. */
export function datasetStatus(name: string, root?: string): Promise<DatasetStatus> {
  return entryOf(name).status(root);
}

function partOf(split: SplitRecord, part: string): readonly number[] {
  return split.parts[part]!;
}
