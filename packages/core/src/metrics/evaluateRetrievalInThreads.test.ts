import { describe, expect, it } from '@jest/globals';
import { labelsFromClassIds } from '../codes/labelsFromClassIds.js';
import { randomCodes } from '../codes/randomCodes.js';
import { Rng } from '../random/rng.js';
import { evaluateRetrieval } from './evaluateRetrieval.js';
import { evaluateRetrievalInThreads } from './evaluateRetrievalInThreads.js';
import type { RetrievalRequest } from './retrievalRequest.js';

const rng = new Rng(7);
const request: RetrievalRequest = {
  queryCodes: randomCodes(150, 24, rng),
  databaseCodes: randomCodes(500, 24, rng),
  queryLabels: labelsFromClassIds(
    Array.from({ length: 150 }, () => rng.int(5)),
    5,
  ),
  databaseLabels: labelsFromClassIds(
    Array.from({ length: 500 }, () => rng.int(5)),
    5,
  ),
  mapAt: [10, 'all'],
  denominators: ['hits', 'min(k, relevant)'],
  precisionAt: [7],
  recallAt: [100],
  precisionWithin: [6],
  pooledWithin: [3, 9],
  firstHit: true,
};

describe('evaluateRetrievalInThreads', () => {
  it('gives the metrics of evaluateRetrieval, to the last bit, and says how far it is', async () => {
    for (const ties of ['shuffled', 'average'] as const) {
      const progress: [number, number][] = [];
      const onProgress = (done: number, total: number) => progress.push([done, total]);
      const metrics = await evaluateRetrievalInThreads(
        { ...request, ties, seed: 3 },
        { threads: 2, onProgress },
      );
      expect(metrics).toEqual(evaluateRetrieval({ ...request, ties, seed: 3 }));
      expect(progress).toHaveLength(5);
      expect(progress.at(-1)).toEqual([150, 150]);
    }
  });

  it('stops when told to', async () => {
    const controller = new AbortController();
    const onProgress = () => controller.abort(new Error('enough'));
    const options = { threads: 1, onProgress, signal: controller.signal };
    await expect(evaluateRetrievalInThreads(request, options)).rejects.toThrow('enough');
  });

  it('refuses what evaluateRetrieval refuses', async () => {
    const wrong = { ...request, mapAt: [0] };
    await expect(evaluateRetrievalInThreads(wrong, { threads: 1 })).rejects.toThrow(
      "evaluateRetrieval: expected mapAt (where not 'all') to be integers of at least 1, but got 0.",
    );
  });
});
