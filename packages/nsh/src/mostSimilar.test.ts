import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { mostSimilar } from './mostSimilar.js';
import { byItem, vectors } from './vectors.testing.js';

describe('mostSimilar', () => {
  it.each(vectors.cases)('has the first items of the oracle: $name', ({ positives, output }) => {
    const first = output.order.map((row) => row.map((_, position) => (position < positives ? 1 : 0)));
    expectClose(mostSimilar(tf.tensor2d(output.S), positives), byItem(first, output.order));
  });

  it('takes the lower index of those that tie', () => {
    const similarity = tf.tensor2d([[0.5, 0.5, 0.9], [0.5, 0.5, 0.5], [0, 0.5, 0.5]]); // prettier-ignore
    expectClose(mostSimilar(similarity, 2), [[1, 0, 1], [1, 1, 0], [0, 1, 1]]); // prettier-ignore
  });

  it('takes the lower index in a long list of ties', () => {
    const list = Array.from({ length: 50 }, (_, i) => (i % 3 === 0 ? 0.75 : 0.5));
    const marked = list.map((value, i) => (value === 0.75 || i < 16 ? 1 : 0));
    // 17 items at 0.75, and the first 10 others: 1, 2, 4, 5, ..., 14
    expectClose(mostSimilar(tf.tensor2d([list]), 27), [marked]);
  });

  it('lets no gradient through', () => {
    const gradient = tf.grad((s) => tf.sum(tf.mul(s, mostSimilar(s as tf.Tensor2D, 1))));
    expectClose(gradient(tf.eye(2)), [[1, 0], [0, 1]]); // prettier-ignore
  });

  it('leaves no tensor behind', async () => {
    const s = tf.eye(3);
    expect(await leakedTensors(() => mostSimilar(s, 2).dispose())).toBe(0);
  });

  it.each([0, 4, 1.5])('refuses %p of 3 items', (count) => {
    expect(() => mostSimilar(tf.eye(3), count)).toThrow(
      `mostSimilar: expected count to be an integer from 1 to 3, but got ${count}.`,
    );
  });
});
