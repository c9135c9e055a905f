import type { Dataset, Samples } from '@hash/core';
import { UsageError } from '../errors.js';
import type { Plan } from './plan.js';

export const PARTS = ['query', 'database', 'train', 'validation'] as const;
export type PartName = (typeof PARTS)[number];

/** A run's plan, or the same on another data set as it is published: with its default options and its whole train. */
export function planFor<Some extends Pick<Plan, 'dataset' | 'select' | 'split'>>(
  plan: Some,
  dataset?: string,
): Some {
  return dataset === undefined
    ? plan
    : { ...plan, dataset: { name: dataset, options: {} }, select: 'last', split: null };
}

/** @throws UsageError  where the data set has no such part */
export function partOf(dataset: Dataset, part: PartName): Samples {
  const samples = dataset[part];
  if (samples !== undefined) return samples;
  throw new UsageError(
    `--part ${part}: the run has no validation split; it was not trained by --select validation.`,
  );
}
