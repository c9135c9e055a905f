import { workerData } from 'node:worker_threads';
import { answerRequests } from '../search/answerRequests.js';
import type { MetricChoice } from './measures.js';
import { QueryObserver } from './queryObserver.js';
import type { RankMemory } from './rankMemory.js';

/** What the ranking workers are asked: always of the same memory and choice. */
export interface RankRequest {
  readonly memory: RankMemory;
  readonly choice: MetricChoice;
  readonly from: number;
  readonly to: number;
}

let observer: QueryObserver | undefined;

answerRequests(({ memory, choice, from, to }: RankRequest) => {
  observer ??= new QueryObserver(memory, choice, workerData as number);
  return observer.observe(from, to);
});
