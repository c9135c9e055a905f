import type { AugmentSpec } from '../contracts/augment.js';
import type { Batch, Samples } from '../contracts/dataset.js';
import type { EpochRequest } from '../training/trainOptions.js';

export interface EpochBatchesOptions {
  readonly batchSize: number;
  /** One pipeline for each view of an image. */
  readonly views: readonly AugmentSpec[];
  /** Leaves out a last batch that is smaller than the others. */
  readonly dropLast?: boolean;
}

/** The samples in a random order that depends on the seed and the epoch alone; what `train` asks a method for. */
export function epochBatches(
  samples: Samples,
  { epoch, firstStep, rng, signal }: EpochRequest,
  { batchSize, views, dropLast }: EpochBatchesOptions,
): AsyncIterable<Batch> {
  const order = rng
    .fork('order', epoch)
    .permutation(samples.length)
    .subarray(firstStep * batchSize);
  return samples.batches({ order, batchSize, views, dropLast, signal, rng: rng.fork('augment', epoch) });
}

/** Steps in an epoch of {@link epochBatches}. */
export function stepsPerEpoch(
  samples: Samples,
  { batchSize, dropLast = false }: EpochBatchesOptions,
): number {
  const steps = samples.length / batchSize;
  return dropLast ? Math.floor(steps) : Math.ceil(steps);
}
