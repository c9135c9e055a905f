import { expect, it } from '@jest/globals';
import { labelsFromMultiHot } from '@hash/core/data';
import { NumpyRandom } from './numpyRandom.js';
import { splitPerLabel } from './splitPerLabel.js';

const ROWS = [
  ...[
    [1, 0, 0],
    [1, 1, 0],
    [0, 1, 0],
    [1, 0, 1],
    [0, 1, 1],
    [0, 0, 1],
  ],
  ...[
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 1, 1],
    [0, 1, 0],
    [0, 0, 1],
  ],
];
const labels = labelsFromMultiHot(ROWS.flat(), ROWS.length, 3);
const RULE = { first: { query: 2, train: 2 }, others: { query: 1, train: 2 }, padTrainTo: 8 };

/** Leaves everything in its order, so that the rule can be followed by hand. */
const inOrder = { permutation: (n: number) => Uint32Array.from({ length: n }, (_, i) => i) };

it('gives what DJSRH gives of twelve items when every permutation is the identity', () => {
  expect(splitPerLabel(labels, RULE, inOrder)).toEqual({
    query: [0, 1, 2, 5],
    train: [3, 6, 4, 7, 8, 9, 10, 11],
    database: [3, 4, 6, 7, 8, 9, 10, 11],
  });
});

it('does not fill up train where it is not asked to', () => {
  const { train } = splitPerLabel(labels, { ...RULE, padTrainTo: undefined }, inOrder);
  expect(train).toEqual([3, 6, 4, 7, 8, 9]);
});

it('takes the items of each label in the order of NumPy', () => {
  const { query, train, database } = splitPerLabel(labels, RULE, new NumpyRandom(1));
  // np.random.seed(1): the items with label 0, [0, 1, 3, 6, 9], permuted by [2, 1, 4, 0, 3] begin with 3, 1, 9, 0.
  expect([query!.slice(0, 2), train!.slice(0, 2)]).toEqual([
    [3, 1],
    [9, 0],
  ]);
  expect(new Set([...query!, ...database!]).size).toBe(12);
  expect(train).toHaveLength(8);
  expect(new Set([...query!, ...train!]).size).toBe(12);
});
