import type { Matches } from './matches.js';

/** What is looked for among the codes at positions `from` to `to`. */
export interface Scan {
  /** Stored as the database is, [queries, stride]. */
  readonly queries: Uint8Array;
  /** The nearest `k` are wanted (all where it is Infinity) ... */
  readonly k: number;
  /** ... of those that differ in at most `radius` bits. */
  readonly radius: number;
  readonly from: number;
  readonly to: number;
}

/** Compares queries with all codes of a part of the database. */
export interface Scanner {
  /** Matches by distance, then position; `ids` are positions. */
  scan(request: Scan): Matches;
}
