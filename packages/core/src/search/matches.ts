/** What a search found: the matches of each query by distance, then by id. */
export interface Matches {
  /** Where the matches of each query begin, and where the last query's end, [queries + 1]. */
  readonly starts: Uint32Array;
  /** [matches] */
  readonly ids: Uint32Array;
  /** [matches] */
  readonly distances: Uint16Array;
}

/** Pairs of an id and a distance, one after the other. */
export type Pairs = Uint32Array;

/**
 * The first k pairs by distance; pairs at equal distance keep their order.
 *
 * @param bits  no distance is larger
 */
export function nearestPairs(pairs: Pairs, k: number, bits: number): Pairs {
  const starts = new Uint32Array(bits + 2);
  for (let i = 1; i < pairs.length; i += 2) starts[pairs[i]! + 1]! += 1;
  for (let distance = 1; distance < starts.length; distance++) starts[distance]! += starts[distance - 1]!;
  const nearest = new Uint32Array(2 * Math.min(k, pairs.length / 2));
  for (let i = 0; i < pairs.length; i += 2) {
    const place = 2 * starts[pairs[i + 1]!]!++;
    if (place >= nearest.length) continue;
    nearest[place] = pairs[i]!;
    nearest[place + 1] = pairs[i + 1]!;
  }
  return nearest;
}

/** Matches from the sorted pairs of each query. */
export function matchesOf(pairsByQuery: readonly Pairs[]): Matches {
  const starts = new Uint32Array(pairsByQuery.length + 1);
  pairsByQuery.forEach((pairs, query) => (starts[query + 1] = starts[query]! + pairs.length / 2));
  const total = starts.at(-1)!;
  const ids = new Uint32Array(total);
  const distances = new Uint16Array(total);
  pairsByQuery.forEach((pairs, query) => {
    for (let i = 0, at = starts[query]!; i < pairs.length; i += 2, at++) {
      ids[at] = pairs[i]!;
      distances[at] = pairs[i + 1]!;
    }
  });
  return { starts, ids, distances };
}

/** The k nearest over all parts of a database, given those in each part, the parts in ascending order of ids. */
export function mergeMatches(parts: readonly Matches[], k: number, bits: number): Matches {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? matchesOf([]);
  return matchesOf(
    Array.from({ length: first.starts.length - 1 }, (_, query) => {
      const lists = parts.map((part) => pairsOf(part, query));
      return nearestPairs(concatPairs(lists), k, bits);
    }),
  );
}

/** The matches of all queries, given those of one part of them after the other. */
export function concatMatches(parts: readonly Matches[]): Matches {
  const [first] = parts;
  if (first === undefined || parts.length === 1) return first ?? matchesOf([]);
  const total = parts.reduce((sum, { ids }) => sum + ids.length, 0);
  const queries = parts.reduce((sum, { starts }) => sum + starts.length - 1, 0);
  const joined = {
    starts: new Uint32Array(queries + 1),
    ids: new Uint32Array(total),
    distances: new Uint16Array(total),
  };
  let query = 0;
  let at = 0;
  for (const { starts, ids, distances } of parts) {
    joined.starts.set(
      starts.map((start) => at + start),
      query,
    );
    joined.ids.set(ids, at);
    joined.distances.set(distances, at);
    query += starts.length - 1;
    at += ids.length;
  }
  return joined;
}

export function concatPairs(lists: readonly Pairs[]): Pairs {
  const joined = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0));
  let at = 0;
  for (const list of lists) {
    joined.set(list, at);
    at += list.length;
  }
  return joined;
}

/** The matches of one query. */
export function pairsOf({ starts, ids, distances }: Matches, query: number): Pairs {
  const from = starts[query]!;
  const pairs = new Uint32Array(2 * (starts[query + 1]! - from));
  for (let i = 0; i < pairs.length; i += 2) {
    pairs[i] = ids[from + i / 2]!;
    pairs[i + 1] = distances[from + i / 2]!;
  }
  return pairs;
}
