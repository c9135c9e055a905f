import type { NumpyRandom } from '../split/numpyRandom.js';
import type { PerClassSizes } from '../split/splitPerClass.js';
import type { SplitParts } from '../split/splitSha256.js';

/**
 * Splits images of several classes as the field does with NUS-WIDE: in random order, each image goes to train for the
 * first of its classes that still wants some there, or, where a class wants none but queries, becomes its query; all but
 * the queries are searched.
 *
 * @param ids     the classes of each image, ascending
 * @param quota   how many images each class wants
 * @see TreezzZ/DSDH_PyTorch, `data/nus-wide/code.py`
 */
export function splitByQuota(
  ids: readonly (readonly number[])[],
  classes: number,
  quota: PerClassSizes,
  random: Pick<NumpyRandom, 'permutation'>,
): SplitParts {
  const wanted = {
    train: new Int32Array(classes).fill(quota.train),
    query: new Int32Array(classes).fill(quota.query),
  };
  const parts: Record<'train' | 'query', number[]> = { train: [], query: [] };
  for (const position of random.permutation(ids.length)) {
    for (const id of ids[position]!) {
      const part = (['train', 'query'] as const).find((name) => wanted[name][id]! > 0);
      if (part === undefined) continue;
      wanted[part][id]!--;
      parts[part].push(position);
      break;
    }
  }
  const queries = new Set(parts.query);
  return { ...parts, database: Array.from(ids.keys()).filter((position) => !queries.has(position)) };
}
