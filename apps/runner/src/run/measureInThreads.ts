import {
  evaluateRetrieval,
  evaluateRetrievalInThreads,
  type Metric,
  type MetricChoice,
  type RetrievalData,
} from '@hash/core';

/** How to measure what may take long. */
export interface Measuring {
  /** 0: the calling thread; left out: all cores. */
  readonly threads?: number;
  /** Told how many queries threads have measured, in each direction anew. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** Measures queries against a database in each direction, one after the other; their prefixes precede the names. */
export async function measureInThreads(
  directions: readonly { readonly prefix: string; readonly data: RetrievalData }[],
  choice: MetricChoice,
  { threads, onProgress }: Measuring,
): Promise<Metric[]> {
  const metrics: Metric[] = [];
  for (const { prefix, data } of directions) {
    const all = { ...choice, ...data };
    const measured =
      threads === 0 ? evaluateRetrieval(all) : await evaluateRetrievalInThreads(all, { threads, onProgress });
    metrics.push(...measured.map((metric) => ({ ...metric, name: prefix + metric.name })));
  }
  return metrics;
}
