import { resolve } from 'node:path';
import type { Metric, MetricChoice } from '@hash/core';
import type { Surroundings } from '../surroundings.js';
import { readItems } from './codeFiles.js';
import { curvesOf, type CurveKind, type NamedCurve } from './curves.js';
import { withEncoder, type CodedParts } from './encodeRun.js';
import type { EngineRequest } from './engine.js';
import { findMethod } from './findMethod.js';
import { finishedBits } from './finishedBits.js';
import { metricChoice } from './measure.js';
import type { Measuring } from './measureDirections.js';
import type { DatasetRequest } from './openDataset.js';
import type { Say } from './prepareRun.js';
import { measureRetrieval } from './retrieval.js';
import { readRunConfig, runFiles } from './runFolder.js';

export interface EvaluationRequest extends DatasetRequest, EngineRequest, Measuring {
  /** Of the run's bit lengths; all when left out. */
  readonly bits?: readonly number[];
  /** What is left out is as in the run's recipe. */
  readonly choice: MetricChoice;
  readonly curve?: CurveKind;
  /** Whether to encode anew with the saved models instead of reading the saved codes. */
  readonly encode?: boolean;
}

export interface Evaluated {
  readonly bits: number;
  readonly metrics: readonly Metric[];
  readonly curves: readonly NamedCurve[];
}

/** Measures the codes that a run has saved, or those that its models make now. */
export async function evaluateRun(
  run: string,
  around: Surroundings,
  request: EvaluationRequest,
  say: Say,
): Promise<Evaluated[]> {
  const folder = resolve(around.cwd, run);
  const { plan } = await readRunConfig(folder);
  const { method } = await findMethod(plan.method, around.cwd);
  const choice = { ...metricChoice(plan.evaluation), ...request.choice };
  const lengths = finishedBits(folder, plan, request.bits);
  const measureAll = async (codesOf: (bits: number) => Promise<CodedParts>) => {
    const evaluated: Evaluated[] = [];
    for (const bits of lengths) {
      const { query, database } = await codesOf(bits);
      const curves = request.curve === undefined ? [] : curvesOf(query, database, choice, request.curve);
      const metrics = await measureRetrieval(query, database, choice, request);
      evaluated.push({ bits, metrics, curves });
    }
    return evaluated;
  };
  if (request.encode === true) return withEncoder({ plan, method, folder }, around, request, say, measureAll);
  return measureAll(async (bits) => {
    const read = (part: 'query' | 'database') =>
      readItems(runFiles.codes(folder, bits), part, method.modalities, bits);
    return { query: await read('query'), database: await read('database') };
  });
}
