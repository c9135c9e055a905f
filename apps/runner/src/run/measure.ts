import { Rng, type Metric, type MetricChoice, type Results, type Trainer } from '@hash/core';
import { writeItems, type Part } from './codeFiles.js';
import { curvesOf } from './curves.js';
import type { Plan } from './plan.js';
import { encodeItems, measureRetrieval, randomItems } from './retrieval.js';
import type { Run } from './run.js';
import { runFiles, writeJson } from './runFolder.js';

/** The metrics that a recipe asks for. */
export function metricChoice({ mapAt, precisionAt }: Plan['evaluation']): MetricChoice {
  return { mapAt: [mapAt], precisionAt };
}

/** Queries against the database, by the trainer as it is. */
export async function measureUntrained(run: Run, trainer: Trainer, bits: number): Promise<Metric[]> {
  run.say(`${bits} bits: measuring the untrained network`);
  const { query, database } = await encodeQueriesAndDatabase(run, trainer);
  return measureRetrieval(query, database, metricChoice(run.plan.evaluation));
}

/** Writes the codes of queries and database and their curves, and measures them, with random codes beside. */
export async function measureTrained(
  run: Run,
  trainer: Trainer,
  bits: number,
  untrained: readonly Metric[],
): Promise<Results> {
  const { plan, method, dataset, engine } = run;
  run.say(`${bits} bits: measuring the trained network`);
  const { query, database } = await encodeQueriesAndDatabase(run, trainer);
  const folder = runFiles.codes(run.folder, bits);
  await writeItems(folder, 'query', query);
  await writeItems(folder, 'database', database);
  const choice = metricChoice(plan.evaluation);
  await writeJson(runFiles.curves(run.folder, bits), {
    rank: curvesOf(query, database, choice, 'rank'),
    radius: curvesOf(query, database, choice, 'radius'),
  });
  const rng = new Rng(plan.seed).fork('random codes', bits);
  const random = [
    randomItems(query, rng.fork('query')),
    randomItems(database, rng.fork('database')),
  ] as const;
  return {
    method: method.name,
    dataset: dataset.name,
    protocol: dataset.split.protocol,
    splitSha256: dataset.split.sha256,
    bits,
    seed: plan.seed,
    engine,
    metrics: await measureRetrieval(query, database, choice),
    baselines: { untrained: [...untrained], randomCodes: await measureRetrieval(...random, choice) },
  };
}

async function encodeQueriesAndDatabase({ method, dataset, signal }: Run, trainer: Trainer) {
  const encode = (part: Part) => encodeItems(trainer, dataset[part], method.modalities, signal);
  return { query: await encode('query'), database: await encode('database') };
}
