/**
 * How a query orders the database: by distance, equal distances by position. Everything that a metric needs, and no
 * more: where the relevant items (hits) are. Buffers belong to the ranker and change with its next query.
 */
export interface Ranking {
  /** Items in the database. */
  readonly size: number;
  /** How many of them are relevant. */
  readonly relevant: number;
  /** Items at each distance, [bits + 1]. */
  readonly items: Uint32Array;
  /** Relevant items at each distance, [bits + 1]. */
  readonly hits: Uint32Array;
  /** Ranks of relevant items from 1, ascending; complete as far down as the ranker was asked to go. */
  readonly hitRanks: Uint32Array;
}

/**
 * Whose turn it is among items at equal distance: the lower position (`stable`), the lower position after shuffling the
 * database once (`shuffled`), or the exact expectation over all orders, each equally likely (`average`).
 */
export type Ties = 'stable' | 'shuffled' | 'average';

/**
 * Ranks a database for one query after the other by counting sort: distances are small integers, so two passes over the
 * database find the rank of each relevant item, without comparisons and in memory for one row.
 */
export interface Ranker {
  /** @param depth  ranks from 1 to `depth` are needed; 0 counts only */
  rank(query: number, depth: number): Ranking;
}

/** For each distance the number at smaller distances, and after the last the number of all: [distances + 1]. */
export function countsBefore(counts: Uint32Array): Uint32Array {
  const before = new Uint32Array(counts.length + 1);
  for (let distance = 0; distance < counts.length; distance++) {
    before[distance + 1] = before[distance]! + counts[distance]!;
  }
  return before;
}

/** The largest distance that any of the first `depth` items has; -1 for none. */
export function deepestDistance(items: Uint32Array, depth: number): number {
  let distance = -1;
  for (let count = 0; count < depth && distance < items.length - 1;) count += items[++distance]!;
  return distance;
}
