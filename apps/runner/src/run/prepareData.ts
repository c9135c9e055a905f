import { datasetNames, datasetOptions, prepareDataset, type PackedImagesReport } from '@hash/datasets';
import type { Interpolation } from '@hash/core';
import { InterruptedError, isAbort, UsageError } from '../errors.js';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { showDownload } from '../terminal/downloadProgress.js';
import { IMAGES, showWork } from '../terminal/workProgress.js';
import { applySetting } from './applySetting.js';
import { defaultWorkers, type DatasetRequest } from './openDataset.js';
import { listenForStop } from './stopSignal.js';
import { didYouMean } from './suggest.js';

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
  if (!datasetNames().includes(name))
    throw new UsageError(
      `Unknown data set '${name}'.${didYouMean(name, datasetNames())} Known: ${datasetNames().join(', ')}.`,
    );
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

/** The data set's options by default, some of them changed. */
function optionsOf({ name, set, badImages }: PrepareRequest): Record<string, unknown> {
  const schema = datasetOptions(name);
  if (badImages !== undefined && !('badImages' in (schema.parse({}) as object)))
    throw new UsageError(`--bad-images: ${name} is not made of image files.`);
  const settings = badImages === undefined ? set : [...set, `badImages=${badImages}`];
  const check = (options: object, [key]: readonly string[]) =>
    schema.safeParse(options).error?.issues.find(({ path }) => path[0] === key)?.message;
  return settings.reduce(
    (options, setting) => applySetting(options, setting, check),
    schema.parse({}) as Record<string, unknown>,
  );
}
