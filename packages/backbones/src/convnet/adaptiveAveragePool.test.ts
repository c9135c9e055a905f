import { expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { adaptiveAveragePool } from './adaptiveAveragePool.js';

it('averages over bins that overlap where the division leaves a rest', () => {
  const columns = tf.tensor4d([1, 2, 4, 8, 16], [1, 1, 5, 1]);
  const rows = tf.transpose(columns, [0, 2, 1, 3]);
  // Places 0 and 1, 1 to 3, 3 and 4.
  const bins = [1.5, 14 / 3, 12].map(Math.fround);
  const [wide] = adaptiveAveragePool(columns, 3).arraySync();
  const [high] = adaptiveAveragePool(rows, 3).arraySync();
  wide![0]!.forEach((row) => expect(row).toEqual(bins.map((value) => expect.closeTo(value, 5))));
  high![0]!.forEach((row, i) => row.forEach((value) => expect(value).toBeCloseTo(bins[i]!, 5)));
});

it('repeats places where there are more bins', () => {
  const x = tf.tensor4d([1, 2, 3, 4], [1, 2, 2, 1]);
  expect(adaptiveAveragePool(x, 4).squeeze([0, 1]).arraySync()).toEqual([
    [1, 1, 2, 2],
    [1, 1, 2, 2],
    [3, 3, 4, 4],
    [3, 3, 4, 4],
  ]);
});

it('moves channels to the front where there is a bin for each place', () => {
  const x = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8], [1, 2, 2, 2]);
  expect(adaptiveAveragePool(x, 2).flatten().arraySync()).toEqual([1, 3, 5, 7, 2, 4, 6, 8]);
});
