import type { NumpyRandom } from './numpyRandom.js';

export interface PerClassSizes {
  readonly query: number;
  readonly train: number;
}

export interface PerClassSplit {
  readonly query: readonly number[];
  readonly train: readonly number[];
  /** What is left. */
  readonly rest: readonly number[];
}

/**
 * Splits as the field's CIFAR scripts do: the items of each class in random order, the first `query` of them are
 * queries, the next `train` are for training, and class follows upon class. The permutations are those of NumPy after
 * `np.random.seed(seed)`, one for each class in turn.
 *
 * @param labels  the class of each item
 * @param sizesOf  how many items of a class that has `available` of them go where
 * @param random  goes on from where it is
 * @see swuxyj/DeepHash-pytorch, `cifar_dataset`
 */
export function splitPerClass(
  labels: ArrayLike<number>,
  classes: number,
  sizesOf: (available: number) => PerClassSizes,
  random: NumpyRandom,
): PerClassSplit {
  const members: number[][] = Array.from({ length: classes }, () => []);
  for (let position = 0; position < labels.length; position++) members[labels[position]!]!.push(position);
  const split = { query: [] as number[], train: [] as number[], rest: [] as number[] };
  members.forEach((positions, label) => {
    const { query, train } = sizesOf(positions.length);
    if (query + train > positions.length) {
      throw new RangeError(
        `splitPerClass: expected at least ${query + train} items of class ${label} (${query} queries and ${train} for training), but got ${positions.length}.`,
      );
    }
    const shuffled = Array.from(random.permutation(positions.length), (i) => positions[i]!);
    split.query.push(...shuffled.slice(0, query));
    split.train.push(...shuffled.slice(query, query + train));
    split.rest.push(...shuffled.slice(query + train));
  });
  return split;
}

/** The positions in random order. */
export function shuffle(positions: readonly number[], random: NumpyRandom): readonly number[] {
  return Array.from(random.permutation(positions.length), (i) => positions[i]!);
}
