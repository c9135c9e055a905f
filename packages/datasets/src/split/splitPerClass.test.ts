import { describe, expect, it } from '@jest/globals';
import { NumpyRandom } from './numpyRandom.js';
import { shuffle, splitPerClass } from './splitPerClass.js';

const labels = Uint8Array.from([1, 0, 1, 0, 1, 0, 0, 1]);

describe('splitPerClass', () => {
  it('takes queries, then training items, of each class in turn', () => {
    const { query, train, rest } = splitPerClass(
      labels,
      2,
      () => ({ query: 1, train: 2 }),
      new NumpyRandom(4),
    );
    // np.random.seed(4): permutation(4) is [0, 1, 3, 2], then [2, 0, 3, 1]; class 0 is at 1, 3, 5, 6, class 1 at 0, 2, 4, 7.
    expect({ query, train, rest }).toEqual({ query: [1, 4], train: [3, 6, 0, 7], rest: [5, 2] });
  });

  it('leaves a class out that has no items', () => {
    const split = splitPerClass(labels, 3, (n) => ({ query: Math.min(n, 1), train: 0 }), new NumpyRandom(0));
    expect(split.query).toHaveLength(2);
  });

  it('refuses to take more than there is', () => {
    const take = () => splitPerClass(labels, 2, () => ({ query: 2, train: 3 }), new NumpyRandom(0));
    expect(take).toThrow(
      'splitPerClass: expected at least 5 items of class 0 (2 queries and 3 for training), but got 4.',
    );
  });
});

describe('shuffle', () => {
  it('orders as NumPy’s permutation', () => {
    // np.random.seed(4): permutation(4) is [0, 1, 3, 2]
    expect(shuffle([10, 20, 30, 40], new NumpyRandom(4))).toEqual([10, 20, 40, 30]);
  });
});
