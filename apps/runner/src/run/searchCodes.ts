import { bytesPerCode, type BinaryCodes, type HammingIndex, type Matches } from '@hash/core';

/** What is wanted of a search: the k nearest, or all within a radius. */
export type Wanted = { readonly k: number } | { readonly radius: number };

/** A query by its number, with the ids found and their distances, nearest first, then by id. */
export interface Hits {
  readonly query: number;
  readonly ids: readonly number[];
  readonly distances: readonly number[];
}

/** Queries that are searched for at once: all at once would hold all hits in memory. */
const AT_ONCE = 1024;

/** Searches for queries one after another. */
export async function* searchCodes(
  index: HammingIndex,
  queries: BinaryCodes,
  wanted: Wanted,
): AsyncGenerator<Hits> {
  for (let first = 0; first < queries.count; first += AT_ONCE) {
    const count = Math.min(AT_ONCE, queries.count - first);
    const width = bytesPerCode(queries.bits);
    const data = queries.data.subarray(first * width, (first + count) * width);
    const some = { count, bits: queries.bits, data };
    const matches =
      'k' in wanted ? await index.search(some, wanted.k) : await index.searchWithin(some, wanted.radius);
    for (let i = 0; i < count; i++) yield hitsOf(matches, i, first + i);
  }
}

function hitsOf({ starts, ids, distances }: Matches, i: number, query: number): Hits {
  const [from, to] = [starts[i]!, starts[i + 1]!];
  return { query, ids: [...ids.subarray(from, to)], distances: [...distances.subarray(from, to)] };
}
