import type { Metric } from '../contracts/results.js';
import { kernelsWork } from '../search/kernelsWork.js';
import { metricsFrom, QueryObserver } from './queryObserver.js';
import { makeRankMemory } from './rankMemory.js';
import { rankedData, type RetrievalRequest } from './retrievalRequest.js';

/**
 * Measures retrieval: ranks the database once for each query and takes all metrics of the choice from it. Each metric
 * says by which rules it was made.
 */
export function evaluateRetrieval(request: RetrievalRequest): Metric[] {
  const data = rankedData(request);
  const { queryCodes, databaseCodes } = data;
  const observer = new QueryObserver(makeRankMemory(data, 1, kernelsWork()), request, 0);
  return metricsFrom([observer.observe(0, queryCodes.count)], request, databaseCodes.count);
}
