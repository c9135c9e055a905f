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
  /** Ranks of the relevant items from 1, ascending, in the first `relevant` places. */
  readonly hitRanks: Uint32Array;
}

/**
 * Whose turn it is among items at equal distance: the lower position (`stable`), the lower position after shuffling the
 * database once (`shuffled`), or the exact expectation over all orders, each equally likely (`average`).
 */
export type Ties = 'stable' | 'shuffled' | 'average';
