import {
  evaluateRetrieval,
  evaluateRetrievalInThreads,
  type Metric,
  type MetricChoice,
  type RetrievalData,
} from '@hash/core';

/** How to measure what may take long. */
export interface Measuring {
  /** 0: the calling thread; left out: one for each core, where there is enough to compare. */
  readonly threads?: number;
  /** Told how many queries threads have measured, in each direction anew. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Pairs of codes that one thread compares within a second: for fewer, more threads are not worth their start. */
const ENOUGH = 2 ** 28;

/** Measures queries against a database in each direction, one after the other; their prefixes precede the names. */
export async function measureDirections(
  directions: readonly { readonly prefix: string; readonly data: RetrievalData }[],
  choice: MetricChoice,
  { threads, onProgress }: Measuring = {},
): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const { prefix, data } of directions) {
    const all = { ...choice, ...data };
    const comparisons = data.queryCodes.count * data.databaseCodes.count;
    const here = threads === 0 || (threads === undefined && comparisons < ENOUGH);
    const measured = here
      ? evaluateRetrieval(all)
      : await evaluateRetrievalInThreads(all, { threads, onProgress });
    metrics.push(...measured.map((metric) => ({ ...metric, name: prefix + metric.name })));
  }
  return metrics;
}
