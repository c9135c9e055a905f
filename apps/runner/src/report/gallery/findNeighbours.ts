import { HammingIndex, selectCodes, sharesLabel } from '@hash/core';
import type { Direction } from '../../run/retrieval.js';
import { searchCodes } from '../../run/searchCodes.js';

/** What a query finds, nearest first; at equal distance in the order of the database. */
export interface Neighbour {
  /** In the database. */
  readonly position: number;
  readonly distance: number;
  /** Whether it shares a label with the query. */
  readonly right: boolean;
}

/** The `count` nearest of each of some queries. */
export async function findNeighbours(
  { queryCodes, databaseCodes, queryLabels, databaseLabels }: Direction['data'],
  queries: readonly number[],
  count: number,
): Promise<Neighbour[][]> {
  const index = new HammingIndex(databaseCodes.bits);
  try {
    index.add(databaseCodes);
    const found: Neighbour[][] = [];
    for await (const { query, ids, distances } of searchCodes(index, selectCodes(queryCodes, queries), {
      k: count,
    }))
      found.push(
        ids.map((position, i) => ({
          position,
          distance: distances[i]!,
          right: sharesLabel(queryLabels, queries[query]!, databaseLabels, position),
        })),
      );
    return found;
  } finally {
    await index.close();
  }
}
