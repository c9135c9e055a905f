import { STRICT, type Inspector } from '../inspect/inspector.js';
import type { SplitParts } from './splitSha256.js';

/**
 * Parts that somebody has named, made whole: where only one of train and database is there, it is both.
 *
 * @param place   the file that names them, for messages
 * @param nameOf  what an item is called, for messages
 * @throws Error  where there are no queries, nothing to search, or a query is also trained on or searched
 */
export function completeParts(
  parts: SplitParts,
  place: string,
  nameOf: (position: number) => string,
  inspector: Inspector = STRICT,
): SplitParts {
  const { query = [], train = [], database = [], ...others } = parts;
  if (query.length === 0) inspector.problem(`${place}: expected items in the part query, but found none.`);
  const known = train.length > 0 ? train : database;
  if (known.length === 0)
    inspector.problem(`${place}: expected items in the parts train or database, but found none.`);
  const complete = { ...others, train: known, query, database: database.length > 0 ? database : known };
  const queries = new Set(query);
  for (const [part, positions] of Object.entries(complete)) {
    const both = part === 'query' ? undefined : positions.find((position) => queries.has(position));
    if (both !== undefined)
      inspector.problem(`${place}: expected no query in ${part}, but found ${nameOf(both)}.`);
  }
  return withoutEmpty(complete);
}

/** A part that is optional and empty is none. */
function withoutEmpty(parts: SplitParts): SplitParts {
  const kept = ([part, positions]: [string, readonly number[]]) =>
    positions.length > 0 || ['train', 'query', 'database'].includes(part);
  return Object.fromEntries(Object.entries(parts).filter(kept));
}
