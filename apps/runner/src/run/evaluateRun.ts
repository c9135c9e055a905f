import {
  precisionRecallByRadius,
  precisionRecallByRank,
  type Metric,
  type MetricChoice,
  type PrecisionRecallCurve,
  type RetrievalData,
} from '@hash/core';
import { readItems } from './codeFiles.js';
import { findMethod } from './findMethod.js';
import { finishedBits } from './finishedBits.js';
import { metricChoice } from './measure.js';
import { directions, measureRetrieval, type CodedItems } from './retrieval.js';
import { readRunConfig, runFiles } from './runFolder.js';

export interface EvaluationRequest {
  /** Of the run's bit lengths; all when left out. */
  readonly bits?: readonly number[];
  /** What is left out is as in the run's recipe. */
  readonly choice: MetricChoice;
  readonly curve?: 'rank' | 'radius';
}

export interface Evaluated {
  readonly bits: number;
  readonly metrics: readonly Metric[];
  readonly curves: readonly (PrecisionRecallCurve & { readonly name: string })[];
}

/**
 * Measures the codes that a run has saved.
 *
 * @param cwd  where a method's package is looked for
 */
export async function evaluateRun(
  folder: string,
  cwd: string,
  request: EvaluationRequest,
): Promise<Evaluated[]> {
  const { plan } = await readRunConfig(folder);
  const { method } = await findMethod(plan.method, cwd);
  const choice = { ...metricChoice(plan.evaluation), ...request.choice };
  const evaluated: Evaluated[] = [];
  for (const bits of finishedBits(folder, plan, request.bits)) {
    const codes = runFiles.codes(folder, bits);
    const query = await readItems(codes, 'query', method.modalities, bits);
    const database = await readItems(codes, 'database', method.modalities, bits);
    const metrics = measureRetrieval(query, database, choice);
    evaluated.push({ bits, metrics, curves: curves(query, database, choice, request.curve) });
  }
  return evaluated;
}

function curves(
  query: CodedItems,
  database: CodedItems,
  choice: MetricChoice,
  by: EvaluationRequest['curve'],
): Evaluated['curves'] {
  if (by === undefined) return [];
  return directions(query, database).map(({ prefix, data }) => curveOf(prefix, data, choice, by));
}

/** @param prefix  of its name, where there are several */
export function curveOf(
  prefix: string,
  data: RetrievalData,
  { ties, seed }: MetricChoice,
  by: 'rank' | 'radius',
): Evaluated['curves'][number] {
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
