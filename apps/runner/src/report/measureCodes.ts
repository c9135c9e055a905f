import {
  codeStatistics,
  distanceHistogram,
  precisionRecallByRank,
  selectCodes,
  selectLabels,
  type CodeStatistics,
  type DistanceHistogram,
  type Modality,
  type PrecisionRecallCurve,
  type RetrievalData,
} from '@hash/core';
import { readItems, type Part } from '../run/codeFiles.js';
import { directionsOfLength, lengthOf, type CodedItems } from '../run/retrieval.js';
import { runFiles } from '../run/runFolder.js';
import type { LengthRecord, RunRecord } from './readRecord.js';

/** What the codes of one length are like, and what they find. */
export interface MeasuredCodes {
  readonly bits: number;
  /** Their bits, `16`; where several models make codes of a length, `128 beside 16` for those that are not the first. */
  readonly label: string;
  readonly query: CodedItems;
  readonly database: CodedItems;
  readonly directions: readonly MeasuredDirection[];
  /** Of the database, in each modality. */
  readonly statistics: ReadonlyMap<Modality, CodeStatistics>;
}

export interface MeasuredDirection {
  /** `image→text`; empty where there is only one direction. */
  readonly name: string;
  readonly curve: PrecisionRecallCurve;
  readonly distances: DistanceHistogram;
  /** How many queries the two are from. */
  readonly queries: number;
}

/** Comparisons of a query with an item for one curve: some tenths of a second. More queries than that are thinned out. */
const COMPARISONS = 1e8;

/** What a run record says of its codes. */
interface RecordedCodes {
  readonly folder: string;
  readonly method: Pick<RunRecord['method'], 'modalities'>;
  readonly lengths: readonly Pick<LengthRecord, 'bits'>[];
}

/**
 * Reads the saved codes of a run and measures what its report draws: those of each bit length, and those of other lengths
 * that its models make beside, the shortest first. Codes that several models share are measured once.
 */
export async function measureCodes({ folder, method, lengths }: RecordedCodes): Promise<MeasuredCodes[]> {
  const read = (part: Part, bits: number) =>
    readItems(runFiles.codes(folder, bits), part, method.modalities, bits);
  const measured: MeasuredCodes[] = [];
  const beside: { query: CodedItems; database: CodedItems; bits: number }[] = [];
  for (const { bits } of lengths) {
    const [query, database] = [await read('query', bits), await read('database', bits)];
    measured.push(measureLength(query, database, String(bits)));
    for (const [i, other] of (query.others ?? []).entries())
      beside.push({ query: other, database: database.others![i]!, bits });
  }
  for (const { query, database, bits } of beside) {
    const same = measured.filter((one) => one.bits === lengthOf(query));
    if (same.some((one) => haveSameCodes(one.query, query))) continue;
    const label = String(lengthOf(query));
    measured.push(measureLength(query, database, same.length === 0 ? label : `${label} beside ${bits}`));
  }
  return measured.sort((a, b) => a.bits - b.bits);
}

function haveSameCodes(a: CodedItems, b: CodedItems): boolean {
  return [...a.codes].every(
    ([modality, { data }]) => Buffer.compare(data, b.codes.get(modality)!.data) === 0,
  );
}

function measureLength(query: CodedItems, database: CodedItems, label: string): MeasuredCodes {
  const statistics = [...database.codes].map(([modality, of]) => [modality, codeStatistics(of)] as const);
  return {
    bits: lengthOf(query),
    label,
    query,
    database,
    directions: directionsOfLength(query, database).map(({ prefix, data }) =>
      measureDirection(prefix.trim(), data),
    ),
    statistics: new Map(statistics),
  };
}

function measureDirection(name: string, all: RetrievalData): MeasuredDirection {
  const data = thinnedOut(all);
  const ranks = curveRanks(data.databaseCodes.count);
  return {
    name,
    curve: precisionRecallByRank(data, ranks),
    distances: distanceHistogram(data),
    queries: data.queryCodes.count,
  };
}

/** Queries at equal intervals, as many as there is time for. */
function thinnedOut(data: RetrievalData): RetrievalData {
  const { queryCodes, queryLabels, databaseCodes } = data;
  const count = Math.min(queryCodes.count, Math.max(100, Math.floor(COMPARISONS / databaseCodes.count)));
  if (count === queryCodes.count) return data;
  const positions = Uint32Array.from({ length: count }, (_, i) => Math.floor((i * queryCodes.count) / count));
  return {
    ...data,
    queryCodes: selectCodes(queryCodes, positions),
    queryLabels: selectLabels(queryLabels, positions),
  };
}

/** Ranks from 1 to `size` that draw a curve well on a logarithmic axis and on a plain one. */
export function curveRanks(size: number): number[] {
  const steps = Array.from({ length: 25 }, (_, i) => Math.ceil(((i + 1) / 25) * size));
  const decades = Array.from({ length: 1 + Math.ceil(10 * Math.log10(size)) }, (_, i) =>
    Math.round(10 ** (i / 10)),
  );
  return [...new Set([...decades, ...steps])].filter((rank) => rank <= size).sort((a, b) => a - b);
}
