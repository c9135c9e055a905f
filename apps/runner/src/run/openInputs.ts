import { join } from 'node:path';
import { featureBackbone, frozenBackbone, frozenFeatures } from '@hash/backbones';
import { disposeParameters, type Backbone, type Dataset } from '@hash/core';
import { dataFolder, type Surroundings } from '../surroundings.js';
import { IMAGES, showWork } from '../terminal/workProgress.js';
import { makeBackbone } from './makeBackbone.js';
import { openDataset, type DatasetRequest } from './openDataset.js';
import type { Plan } from './plan.js';

/** What the trainers of a run are made of and fed with. */
export interface Inputs {
  readonly dataset: Dataset;
  /** For one trainer. */
  readonly backbone: () => Promise<Backbone>;
  readonly dispose: () => Promise<void>;
}

/**
 * Opens a run's data set. Where its backbone is frozen, one serves all bit lengths, and the images are the features that
 * it computes, kept in `features/` of the data folder.
 *
 * @throws InterruptedError  once the signal has fired
 */
export async function openInputs(
  plan: Plan,
  around: Surroundings,
  request: DatasetRequest,
  signal: AbortSignal,
): Promise<Inputs> {
  const dataset = await openDataset(plan, around, request, signal);
  if (!plan.backbone.frozen) {
    return { dataset, backbone: () => makeBackbone(plan), dispose: () => dataset.dispose() };
  }
  try {
    return await freeze(plan, dataset, around, request);
  } catch (error) {
    await dataset.dispose();
    throw error;
  }
}

async function freeze(
  plan: Plan,
  dataset: Dataset,
  around: Surroundings,
  { data }: DatasetRequest,
): Promise<Inputs> {
  const { options, cachedViews, frozenTokens } = plan.backbone;
  const backbone = await makeBackbone(plan);
  const dispose = async (used: Dataset) => {
    await used.dispose();
    disposeParameters(backbone.parameters);
  };
  if (cachedViews === 0) {
    const frozen = frozenBackbone(backbone);
    return { dataset, backbone: () => Promise.resolve(frozen), dispose: () => dispose(dataset) };
  }
  const shown = showWork(around.stderr, around.seconds, IMAGES);
  const features = await frozenFeatures(dataset, backbone, {
    folder: join(dataFolder(around, data), 'features'),
    draws: cachedViews,
    places: frozenTokens,
    identity: { backbone: options, dataset: plan.dataset.options },
    onProgress({ name, done, total }) {
      shown.onProgress({ label: `${name}: features`, done, total });
      if (done === total) shown.stop();
    },
  });
  const standIn = featureBackbone(backbone);
  return { dataset: features, backbone: () => Promise.resolve(standIn), dispose: () => dispose(features) };
}
