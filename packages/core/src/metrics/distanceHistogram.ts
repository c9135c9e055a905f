import { kernelsWork } from '../search/kernelsWork.js';
import { PlainRanker } from './plainRanker.js';
import { makeRankMemory } from './rankMemory.js';
import { rankedData, type RetrievalData } from './retrievalRequest.js';
import { WasmRanker } from './wasmRanker.js';

/** How many pairs of a query and a database item are at each Hamming distance, [bits + 1]. */
export interface DistanceHistogram {
  /** Pairs that share a label. */
  readonly relevant: Float64Array;
  /** Pairs that do not. */
  readonly irrelevant: Float64Array;
}

/**
 * Counts the pairs of queries and database items by their distance. Good codes hold the two kinds apart.
 *
 * @throws RangeError where the data do not fit together
 */
export function distanceHistogram(data: RetrievalData): DistanceHistogram {
  const memory = makeRankMemory(rankedData(data), 1, kernelsWork());
  const ranker = memory.wasm === null ? new PlainRanker(memory) : new WasmRanker(memory, 0);
  const distances = data.queryCodes.bits + 1;
  const relevant = new Float64Array(distances);
  const irrelevant = new Float64Array(distances);
  for (let query = 0; query < data.queryCodes.count; query++) {
    const { items, hits } = ranker.rank(query, 0);
    for (let distance = 0; distance < distances; distance++) {
      relevant[distance]! += hits[distance]!;
      irrelevant[distance]! += items[distance]! - hits[distance]!;
    }
  }
  return { relevant, irrelevant };
}
