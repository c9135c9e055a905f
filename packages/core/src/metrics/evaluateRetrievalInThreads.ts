import { availableParallelism } from 'node:os';
import type { Metric } from '../contracts/results.js';
import { kernelsWork } from '../search/kernelsWork.js';
import { WorkerPool } from '../search/workerPool.js';
import type { MetricChoice } from './measures.js';
import { metricsFrom } from './queryObserver.js';
import { makeRankMemory } from './rankMemory.js';
import { rankedData, type RetrievalRequest } from './retrievalRequest.js';
import type { RankRequest } from './rankWorker.js';

/** Queries that a thread ranks between two looks at progress and signal. */
const BLOCK = 32;

export interface EvaluationThreads {
  /** By default one for each core. */
  readonly threads?: number;
  /** Told after each block of queries. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the evaluation early, with its reason as the error. */
  readonly signal?: AbortSignal;
}

/** `evaluateRetrieval` in worker threads: the same metrics to the last bit, for large data, with progress. */
export async function evaluateRetrievalInThreads(
  request: RetrievalRequest,
  { threads = availableParallelism(), onProgress, signal }: EvaluationThreads = {},
): Promise<Metric[]> {
  const data = rankedData(request);
  const total = data.queryCodes.count;
  const blocks = Array.from({ length: Math.ceil(total / BLOCK) }, () => new Float64Array(0));
  const size = Math.min(threads, blocks.length);
  const memory = makeRankMemory(data, size, kernelsWork());
  const choice = choiceOf(request);
  const pool = new WorkerPool(new URL('./rankWorker.js', import.meta.url), size);
  let next = 0;
  let done = 0;
  const work = async (thread: number) => {
    while (next < blocks.length) {
      signal?.throwIfAborted();
      const block = next++;
      const [from, to] = [block * BLOCK, Math.min(total, (block + 1) * BLOCK)];
      blocks[block] = (await pool.ask(thread, {
        memory,
        choice,
        from,
        to,
      } satisfies RankRequest)) as Float64Array<ArrayBuffer>;
      done += to - from;
      onProgress?.(done, total);
    }
  };
  try {
    await Promise.all(Array.from({ length: size }, (_, thread) => work(thread)));
  } finally {
    await pool.close();
  }
  return metricsFrom(blocks, choice, data.databaseCodes.count);
}

/** The choice alone: the threads share the codes and labels. */
function choiceOf(request: RetrievalRequest): MetricChoice {
  const { mapAt, denominators, precisionAt, recallAt, precisionWithin, pooledWithin } = request;
  const { firstHit, ties, seed, queriesWithoutRelevant } = request;
  const wanted = { mapAt, denominators, precisionAt, recallAt, precisionWithin, pooledWithin, firstHit };
  return { ...wanted, ties, seed, queriesWithoutRelevant };
}
