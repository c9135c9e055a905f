import type { Evaluation, Samples, Trainer } from '@hash/core';
import { metricChoice } from './measure.js';
import { encodeItems, measureRetrieval } from './retrieval.js';
import type { Run } from './run.js';

/**
 * What is measured between epochs. With a validation split that is its items against those of train that remain;
 * otherwise, where the recipe wants to watch, queries against the database.
 */
export function epochEvaluation(run: Run, trainer: Trainer): Evaluation | undefined {
  const { plan, method, dataset, signal } = run;
  const { every } = plan.evaluation;
  if (plan.select === 'last' && every === 0) return undefined;
  const { validation } = dataset;
  const [queries, database] = validation ? [validation, dataset.train] : [dataset.query, dataset.database];
  const encode = (samples: Samples) => encodeItems(trainer, samples, method.modalities, signal);
  return {
    every: every === 0 ? 1 : every,
    selectBest: plan.select !== 'last',
    run: async () =>
      measureRetrieval(await encode(queries), await encode(database), metricChoice(plan.evaluation)),
  };
}
