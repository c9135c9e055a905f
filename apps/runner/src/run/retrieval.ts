import {
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
import { measureDirections, type Measuring } from './measureDirections.js';

/** A list of items with a code in each modality. */
export interface CodedItems {
  readonly codes: ReadonlyMap<Modality, BinaryCodes>;
  readonly labels: Labels;
  /** The same items in codes of other lengths, where a model makes such: the shortest first. */
  readonly others?: readonly CodedItems[];
}

/** The length of the codes. */
export function lengthOf({ codes }: CodedItems): number {
  return [...codes.values()][0]!.bits;
}

/** @throws the signal's reason once that has fired */
export async function encodeItems(
  trainer: Trainer,
  samples: Samples,
  modalities: readonly Modality[],
  signal?: AbortSignal,
): Promise<CodedItems> {
  const source = signal === undefined ? samples : abortable(samples, signal);
  const encode = async (bits?: number): Promise<CodedItems> => {
    const codes = new Map<Modality, BinaryCodes>();
    for (const modality of modalities) codes.set(modality, await trainer.encode(source, modality, bits));
    return { codes, labels: samples.labels };
  };
  const items = await encode();
  const others: CodedItems[] = [];
  for (const bits of trainer.otherLengths?.toSorted((a, b) => a - b) ?? []) others.push(await encode(bits));
  return others.length === 0 ? items : { ...items, others };
}

/** Independent fair bits in the place of each code. */
export function randomItems({ codes, labels, others }: CodedItems, rng: Rng): CodedItems {
  const random = [...codes].map(
    ([modality, { count, bits }]) => [modality, randomCodes(count, bits, rng.fork(modality))] as const,
  );
  const items = { codes: new Map(random), labels };
  if (others === undefined) return items;
  return { ...items, others: others.map((other) => randomItems(other, rng.fork(lengthOf(other)))) };
}

/** Queries of one modality against a database of another, or of the same one. */
export interface Direction {
  /** Empty where there is only one; else as in `512 bits image→text `, to be put before the name of a metric. */
  readonly prefix: string;
  readonly from: Modality;
  readonly to: Modality;
  readonly data: RetrievalData;
}

/**
 * From each modality to each other, then within each: the four tables of a method of images and texts. Then the same for
 * codes of other lengths, whose prefix says which.
 */
export function directions(query: CodedItems, database: CodedItems): Direction[] {
  const others = (query.others ?? []).flatMap((other, i) =>
    directions(other, database.others![i]!).map((direction) => ({
      ...direction,
      prefix: `${lengthOf(other)} bits ${direction.prefix}`,
    })),
  );
  return [...directionsOfLength(query, database), ...others];
}

/** {@link directions} of the one length alone. */
export function directionsOfLength(query: CodedItems, database: CodedItems): Direction[] {
  const modalities = [...query.codes.keys()];
  const several = modalities.length > 1;
  const pairs = modalities.flatMap((from) => modalities.map((to) => ({ from, to })));
  const across = pairs.filter(({ from, to }) => from !== to);
  const within = pairs.filter(({ from, to }) => from === to);
  return [...across, ...within].map(({ from, to }) => ({
    prefix: several ? `${from}→${to} ` : '',
    from,
    to,
    data: {
      queryCodes: query.codes.get(from)!,
      databaseCodes: database.codes.get(to)!,
      queryLabels: query.labels,
      databaseLabels: database.labels,
    },
  }));
}

/** Measures queries against a database in every direction. */
export function measureRetrieval(
  query: CodedItems,
  database: CodedItems,
  choice: MetricChoice,
  how?: Measuring,
): Promise<Metric[]> {
  return measureDirections(directions(query, database), choice, how);
}
