import type { Labels } from '@hash/core';
import type { NumpyRandom } from './numpyRandom.js';
import type { PerClassSizes } from './splitPerClass.js';
import type { SplitParts } from './splitSha256.js';

/** How many items each label gives; the first one may give more. */
export interface PerLabelRule {
  readonly first: PerClassSizes;
  readonly others: PerClassSizes;
  /** Items to train on at least, if the database has that many. */
  readonly padTrainTo?: number;
}

/**
 * Splits items of several labels as DJSRH does: label after label, of the items that have it and are not taken yet, in
 * random order, the first are queries and the next are for training. All but the queries are searched, in the order of
 * the data set. Later labels may have fewer items left than they should give.
 *
 * @param random  goes on from where it is
 * @see Su, Zhong & Zhang, ICCV 2019, the authors' `datasets_mir.py` and `datasets_nus.py`
 */
export function splitPerLabel(
  labels: Labels,
  rule: PerLabelRule,
  random: Pick<NumpyRandom, 'permutation'>,
): SplitParts {
  const query: number[] = [];
  const train: number[] = [];
  const taken = new Set<number>();
  for (let id = 0; id < labels.classes; id++) {
    const sizes = id === 0 ? rule.first : rule.others;
    const having = itemsWith(labels, id);
    const order = Array.from(random.permutation(having.length), (i) => having[i]!);
    const free = order.filter((item) => !taken.has(item));
    query.push(...free.slice(0, sizes.query));
    const next = free.slice(sizes.query, sizes.query + sizes.train);
    train.push(...next);
    for (const item of free.slice(0, sizes.query + sizes.train)) taken.add(item);
  }
  const queries = new Set(query);
  const database = Array.from({ length: labels.count }, (_, i) => i).filter((item) => !queries.has(item));
  return { train: [...train, ...padding(database, train, rule.padTrainTo ?? 0, random)], query, database };
}

function padding(
  database: readonly number[],
  train: readonly number[],
  least: number,
  random: Pick<NumpyRandom, 'permutation'>,
): readonly number[] {
  if (train.length >= least) return [];
  const used = new Set(train);
  const unused = database.filter((item) => !used.has(item));
  const order = Array.from(random.permutation(unused.length), (i) => unused[i]!);
  return order.slice(0, least - train.length);
}

function itemsWith({ count, classes, words }: Labels, id: number): number[] {
  const width = Math.ceil(classes / 32);
  return Array.from({ length: count }, (_, i) => i).filter(
    (item) => ((words[item * width + (id >> 5)]! >>> (id & 31)) & 1) === 1,
  );
}
