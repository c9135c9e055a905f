import {
  evaluateRetrieval,
  randomCodes,
  type BinaryCodes,
  type Labels,
  type Metric,
  type MetricChoice,
  type Modality,
  type RetrievalData,
  type Rng,
  type Samples,
  type Trainer,
} from '@hash/core';
import { abortable } from './abortable.js';

/** A list of items with a code in each modality. */
export interface CodedItems {
  readonly codes: ReadonlyMap<Modality, BinaryCodes>;
  readonly labels: Labels;
}

/** @throws the signal's reason once that has fired */
export async function encodeItems(
  trainer: Trainer,
  samples: Samples,
  modalities: readonly Modality[],
  signal?: AbortSignal,
): Promise<CodedItems> {
  const source = signal === undefined ? samples : abortable(samples, signal);
  const codes = new Map<Modality, BinaryCodes>();
  for (const modality of modalities) codes.set(modality, await trainer.encode(source, modality));
  return { codes, labels: samples.labels };
}

/** Independent fair bits in the place of each code. */
export function randomItems({ codes, labels }: CodedItems, rng: Rng): CodedItems {
  const random = [...codes].map(
    ([modality, { count, bits }]) => [modality, randomCodes(count, bits, rng.fork(modality))] as const,
  );
  return { codes: new Map(random), labels };
}

/** Queries of one modality against a database of another, or of the same one. */
export interface Direction {
  /** Empty where there is only one; else as in `image→text `, to be put before the name of a metric. */
  readonly prefix: string;
  readonly data: RetrievalData;
}

/** From each modality to each other, then within each: the four tables of a method of images and texts. */
export function directions(query: CodedItems, database: CodedItems): Direction[] {
  const modalities = [...query.codes.keys()];
  const several = modalities.length > 1;
  const pairs = modalities.flatMap((from) => modalities.map((to) => ({ from, to })));
  const across = pairs.filter(({ from, to }) => from !== to);
  const within = pairs.filter(({ from, to }) => from === to);
  return [...across, ...within].map(({ from, to }) => ({
    prefix: several ? `${from}→${to} ` : '',
    data: {
      queryCodes: query.codes.get(from)!,
      databaseCodes: database.codes.get(to)!,
      queryLabels: query.labels,
      databaseLabels: database.labels,
    },
  }));
}

/** Measures queries against a database in every direction. */
export function measureRetrieval(query: CodedItems, database: CodedItems, choice: MetricChoice): Metric[] {
  return directions(query, database).flatMap(({ prefix, data }) =>
    evaluateRetrieval({ ...choice, ...data }).map((metric) => ({ ...metric, name: prefix + metric.name })),
  );
}
