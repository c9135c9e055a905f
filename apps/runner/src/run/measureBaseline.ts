import { setImmediate } from 'node:timers/promises';
import {
  disposeParameters,
  featureMean,
  itq,
  lsh,
  requireImages,
  Rng,
  type Backbone,
  type BinaryCodes,
  type Dataset,
  type FeatureHasher,
  type Features,
  type Metric,
  type Samples,
} from '@hash/core';
import { InterruptedError, isAbort, UsageError } from '../errors.js';
import type { Surroundings } from '../surroundings.js';
import { featuresOf } from './featuresOf.js';
import { findMethod } from './findMethod.js';
import { metricChoice } from './measure.js';
import type { DatasetRequest } from './openDataset.js';
import { openInputs } from './openInputs.js';
import type { Plan } from './plan.js';
import { settlePlan, type Say } from './prepareRun.js';
import { settleEngine, startEngine, type EngineRequest } from './engine.js';
import type { PlanChanges } from './resolvePlan.js';
import { measureRetrieval, type CodedItems } from './retrieval.js';
import { listenForStop } from './stopSignal.js';

export const BASELINES = ['lsh', 'itq'] as const;
export type BaselineName = (typeof BASELINES)[number];

export interface BaselineRequest extends PlanChanges, DatasetRequest, EngineRequest {
  readonly baseline: BaselineName;
  /** Whose recipe names data, backbone, bit lengths and metrics. */
  readonly method: string;
  readonly recipe?: string;
}

export interface MeasuredBaseline {
  readonly baseline: BaselineName;
  readonly plan: Plan;
  readonly protocol: string;
  readonly lengths: readonly { readonly bits: number; readonly metrics: readonly Metric[] }[];
}

/**
 * Measures hashing that trains no network, on what the backbone of a recipe says of its images.
 *
 * @throws InterruptedError  where the user stops it
 */
export async function measureBaseline(
  around: Surroundings,
  request: BaselineRequest,
  say: Say,
): Promise<MeasuredBaseline> {
  const found = await findMethod(request.method, around.cwd);
  const plan = settlePlan(found, around, request);
  await startEngine(settleEngine(around, request), say);
  const { signal, release } = listenForStop(around);
  try {
    const { dataset, backbone, dispose } = await openInputs(plan, around, request, signal);
    try {
      const network = await backbone();
      const lengths = await measureAll(request.baseline, plan, { dataset, network, signal, say });
      disposeParameters(network.parameters);
      return { baseline: request.baseline, plan, protocol: dataset.split.protocol, lengths };
    } finally {
      await dispose();
    }
  } catch (error) {
    throw signal.aborted && isAbort(error) ? new InterruptedError('Stopped.') : error;
  } finally {
    release();
  }
}

interface Session {
  readonly dataset: Dataset;
  readonly network: Backbone;
  readonly signal: AbortSignal;
  readonly say: Say;
}

async function measureAll(name: BaselineName, plan: Plan, session: Session) {
  const { dataset, network, signal, say } = session;
  requireImages(dataset.train, name.toUpperCase());
  const compute = (part: 'train' | 'query' | 'database') => {
    say(`${part}: features of ${dataset[part].length} images`);
    return featuresOf(network, dataset[part], signal);
  };
  const [train, query, database] = [
    await compute('train'),
    await compute('query'),
    await compute('database'),
  ];
  const lengths: { bits: number; metrics: Metric[] }[] = [];
  for (const bits of plan.bits) {
    say(`${bits} bits`);
    await setImmediate(); // Ctrl-C is heard here
    signal.throwIfAborted();
    const hasher = hasherFor(name, train, bits, new Rng(plan.seed).fork(name, bits));
    const coded = (features: Features, samples: Samples) => itemsOf(hasher.encode(features), samples);
    const items = [coded(query, dataset.query), coded(database, dataset.database)] as const;
    lengths.push({ bits, metrics: await measureRetrieval(...items, metricChoice(plan.evaluation)) });
  }
  return lengths;
}

/** @throws UsageError  where the features have fewer components than there are bits */
function hasherFor(name: BaselineName, train: Features, bits: number, rng: Rng): FeatureHasher {
  const { width } = train;
  if (name === 'lsh') return lsh({ width, bits, rng, origin: featureMean(train) });
  if (bits <= width) return itq(train, bits, { rng });
  throw new UsageError(`--bits: itq makes at most ${width} bits of ${width} features, but got ${bits}.`);
}

function itemsOf(codes: BinaryCodes, { labels }: Samples): CodedItems {
  return { codes: new Map([['image', codes]]), labels };
}
