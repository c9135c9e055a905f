import { availableParallelism } from 'node:os';
import type { Dataset } from '@hash/core';
import { createDataset, cutValidation } from '@hash/datasets';
import { InterruptedError, isAbort } from '../errors.js';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { showDownload } from '../terminal/downloadProgress.js';
import { styleFor } from '../terminal/style.js';
import { IMAGES, showWork } from '../terminal/workProgress.js';
import type { Plan } from './plan.js';

export interface DatasetRequest {
  /** Folder of the data sets. */
  readonly data?: string;
  /** Threads that decode and augment images; by default all cores but one, which trains. */
  readonly workers?: number;
  /** Whether what is missing is downloaded; by default it is. */
  readonly download?: boolean;
}

/** All cores but the one that computes. */
export function defaultWorkers(): number {
  return availableParallelism() - 1;
}

/**
 * Opens a run's data set, with a validation split where the run selects by one. What is missing and can be downloaded
 * is, with its progress on `stderr`.
 *
 * @throws InterruptedError  once the signal has fired
 */
export async function openDataset(
  {
    dataset: { name, options },
    seed,
    select,
    validation,
    split,
  }: Pick<Plan, 'dataset' | 'seed' | 'select' | 'validation' | 'split'>,
  around: Surroundings,
  { data, workers = defaultWorkers(), download = true }: DatasetRequest,
  signal: AbortSignal,
): Promise<Dataset> {
  const root = dataFolder(around, data);
  const { stderr, env, seconds } = around;
  const downloading = showDownload(stderr, `${name}: downloading`, seconds);
  const checking = showWork(stderr, seconds, IMAGES);
  const stop = () => {
    downloading.stop();
    checking.stop();
  };
  try {
    const dataset = await createDataset(name, {
      ...{ root, options, workers, seed, download, signal, onProgress: downloading.onProgress },
      split: split ?? undefined,
      onImages: ({ done, total }) => checking.onProgress({ label: `${name}: checking`, done, total }),
      onNotice(text) {
        stop();
        stderr.write(`${styleFor(stderr, env).dim(text)}\n`);
      },
    });
    if (select !== 'validation' || dataset.validation !== undefined) return dataset;
    return cutValidation(dataset, validation ?? Math.max(1, Math.round(dataset.train.length / 10)), seed);
  } catch (error) {
    throw signal.aborted && isAbort(error) ? new InterruptedError('Stopped; nothing was trained.') : error;
  } finally {
    stop();
  }
}
