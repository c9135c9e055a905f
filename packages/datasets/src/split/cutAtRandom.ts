import { numpyPermutation } from './numpyRandom.js';
import type { SplitParts } from './splitSha256.js';

export interface RandomCut {
  /** Queries. */
  readonly query: number;
  /** For training; null: all that is searched. */
  readonly train: number | null;
}

/**
 * Cuts as the field's cross-modal scripts do: of all items in random order the first `query` are queries, the others are
 * searched, and the first `train` of these are for training. The order is NumPy's after `np.random.seed(seed)`.
 *
 * @throws RangeError  where there are too few items
 * @see kalenforn/clip-based-cross-modal-hash, `dataset/builder.py`
 */
export function cutAtRandom(count: number, { query, train }: RandomCut, seed: number): SplitParts {
  const least = query + Math.max(1, train ?? 1);
  if (query < 1 || count < least) {
    throw new RangeError(
      `cutAtRandom: expected at least ${Math.max(2, least)} items for ${query} queries and ${train ?? 'some'} to train on, but got ${count}.`,
    );
  }
  const order = Array.from(numpyPermutation(seed, count));
  const database = order.slice(query);
  return { train: database.slice(0, train ?? database.length), query: order.slice(0, query), database };
}
