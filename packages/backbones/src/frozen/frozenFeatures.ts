import type { Backbone, Dataset, Samples } from '@hash/core';
import { backboneSha256 } from './backboneSha256.js';
import type { FeatureProgress } from './computeFeatures.js';
import { FeatureCache } from './featureCache.js';
import { FrozenSamples } from './frozenSamples.js';

export interface FrozenFeaturesOptions {
  /** Where the features are kept; made where it is missing. */
  readonly folder: string;
  /** How often each image is drawn where a view is random; each epoch takes one of these draws. */
  readonly draws: number;
  /** Whether the features of an image's places are kept, too: needed by methods that use tokens. */
  readonly places: boolean;
  /**
   * What decides the features but is seen neither in the split nor in the backbone's parameters, such as the options of
   * both: plain data. Features of another identity are computed anew.
   */
  readonly identity: unknown;
  readonly onProgress?: (progress: FeatureProgress) => void;
}

/**
 * A data set whose images are features that a backbone which is not trained has computed: once for each image and view,
 * then they are read from the disk. What a method asks for and how stays the same; give it `featureBackbone`.
 *
 * Where a view is random, `draws` of it are kept. A request's generator picks the one for each item; views that are drawn
 * alike get different ones. An interrupted computation goes on where it was.
 *
 * @returns a data set that shares the other's threads; disposing of it disposes of both
 */
export async function frozenFeatures(
  dataset: Dataset,
  backbone: Backbone,
  { draws, identity, ...options }: FrozenFeaturesOptions,
): Promise<Dataset> {
  if (!Number.isInteger(draws) || draws < 1) {
    throw new RangeError(`frozenFeatures: expected draws to be an integer of at least 1, but got ${draws}.`);
  }
  const { name, preprocessing } = backbone;
  const network = { name, preprocessing, sha256: await backboneSha256(backbone) };
  const cache = new FeatureCache(backbone, {
    ...options,
    identity: { network, dataset: dataset.name, split: dataset.split.sha256, options: identity },
  });
  const frozen = (part: string, samples: Samples) =>
    new FrozenSamples(samples, { cache, name: `${dataset.name}-${part}`, draws });
  const { train, query, database, validation } = dataset;
  return {
    ...dataset,
    train: frozen('train', train),
    query: frozen('query', query),
    database: frozen('database', database),
    ...(validation && { validation: frozen('validation', validation) }),
    async dispose() {
      await cache.close();
      await dataset.dispose();
    },
  };
}
