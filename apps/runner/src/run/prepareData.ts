import { prepareDataset, type PackedImagesReport } from '@hash/datasets';
import type { Interpolation } from '@hash/core';
import { InterruptedError, isAbort, UsageError } from '../errors.js';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { showDownload } from '../terminal/downloadProgress.js';
import { IMAGES, showWork } from '../terminal/workProgress.js';
import { datasetSettings } from './datasetSettings.js';
import { defaultWorkers, type DatasetRequest } from './openDataset.js';
import type { JsonGroup } from './readValue.js';
import { listenForStop } from './stopSignal.js';

export interface PrepareRequest extends DatasetRequest {
  readonly name: string;
  /** Pixels of the shorter side; null for images as they are. */
  readonly size: number | null;
  readonly interpolation: Interpolation;
  /** Options of the data set: `folder=photos`. */
  readonly set: readonly string[];
  readonly badImages?: 'fail' | 'skip';
}

export type PreparedData = PackedImagesReport;

/**
 * Packs the images of a data set.
 *
 * @throws UsageError  on an unknown data set or option; InterruptedError
 */
export async function prepareData(around: Surroundings, request: PrepareRequest): Promise<PreparedData> {
  const { name, size, interpolation, workers = defaultWorkers() } = request;
  const options = optionsOf(request);
  const root = dataFolder(around, request.data);
  const { signal, release } = listenForStop(around);
  const download = showDownload(around.stderr, `${name}: downloading`, around.seconds);
  const packing = showWork(around.stderr, around.seconds, IMAGES);
  try {
    return await prepareDataset(name, {
      ...{ root, options, size, interpolation, workers, signal },
      onDownload: download.onProgress,
      onImages: ({ done, total }) => packing.onProgress({ label: `${name}: packing`, done, total }),
    });
  } catch (error) {
    if (!signal.aborted || !isAbort(error)) throw error;
    throw new InterruptedError('Stopped. What is packed is kept: the same command goes on from here.');
  } finally {
    download.stop();
    packing.stop();
    release();
  }
}

function optionsOf({ name, set, badImages }: PrepareRequest): JsonGroup {
  const options = datasetSettings(name, set);
  if (badImages === undefined) return options;
  if ('badImages' in options) return { ...options, badImages };
  throw new UsageError(`--bad-images: ${name} is not made of image files.`);
}
