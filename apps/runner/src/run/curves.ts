import {
  precisionRecallByRadius,
  precisionRecallByRank,
  type MetricChoice,
  type PrecisionRecallCurve,
  type RetrievalData,
} from '@hash/core';
import { directions, type CodedItems } from './retrieval.js';

/** A curve of precision and recall, with a name that says of which direction. */
export type NamedCurve = PrecisionRecallCurve & { readonly name: string };

/** By what a curve counts: the items among the first N, or those within a distance. */
export type CurveKind = 'rank' | 'radius';

/** A curve of each direction. */
export function curvesOf(
  query: CodedItems,
  database: CodedItems,
  choice: MetricChoice,
  by: CurveKind,
): NamedCurve[] {
  return directions(query, database).map(({ prefix, data }) => curveOf(prefix, data, choice, by));
}

/** @param prefix  of its name, where there are several */
export function curveOf(
  prefix: string,
  data: RetrievalData,
  { ties, seed }: MetricChoice,
  by: CurveKind,
): NamedCurve {
  const request = { ...data, ties, seed };
  const curve =
    by === 'radius'
      ? precisionRecallByRadius(request)
      : precisionRecallByRank(request, ranksUpTo(data.databaseLabels.count));
  return { name: `${prefix}precision-recall by ${by}`, ...curve };
}

/** 1, 2, 5, 10, 20, 50, ... and `size` itself. */
export function ranksUpTo(size: number): number[] {
  const decades = Array.from({ length: 10 }, (_, power) =>
    [1, 2, 5].map((step) => step * 10 ** power),
  ).flat();
  return [...decades.filter((rank) => rank < size), size];
}
