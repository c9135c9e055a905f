import { evaluateRetrieval } from './evaluateRetrieval.js';
import type { MetricChoice } from './measures.js';
import type { RetrievalData } from './retrievalRequest.js';

/** Precision and recall at each rank, or within each Hamming radius, ascending. */
export interface PrecisionRecallCurve {
  readonly definition: string;
  readonly at: readonly number[];
  readonly precision: readonly number[];
  readonly recall: readonly number[];
}

type CurveRequest = RetrievalData & Pick<MetricChoice, 'ties' | 'seed' | 'queriesWithoutRelevant'>;

/** Precision and recall of the first N items, means over queries, for each N of `ranks`. */
export function precisionRecallByRank(request: CurveRequest, ranks: readonly number[]): PrecisionRecallCurve {
  return curve(request, { precisionAt: ranks, recallAt: ranks }, ranks);
}

/** Precision and recall within each radius from 0 to the number of bits, pooled over queries. */
export function precisionRecallByRadius(request: CurveRequest): PrecisionRecallCurve {
  const radii = Array.from({ length: request.databaseCodes.bits + 1 }, (_, radius) => radius);
  return curve(request, { pooledWithin: radii }, radii);
}

function curve(request: CurveRequest, choice: MetricChoice, at: readonly number[]): PrecisionRecallCurve {
  const { queryCodes, databaseCodes, queryLabels, databaseLabels, ties, seed, queriesWithoutRelevant } =
    request;
  const data = { queryCodes, databaseCodes, queryLabels, databaseLabels };
  const rules = { ties, seed, queriesWithoutRelevant };
  const metrics = evaluateRetrieval({ ...data, ...rules, mapAt: [], ...choice });
  const values = (name: string) =>
    metrics.filter((metric) => metric.name.startsWith(name)).map(({ value }) => value);
  return {
    definition: metrics[0]?.definition ?? 'no points',
    at,
    precision: values('precision'),
    recall: values('recall'),
  };
}
