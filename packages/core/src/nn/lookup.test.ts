import { describe, expect, it } from '@jest/globals';
import { expectClose, leakedTensors } from '../testing/index.js';
import { tf } from '../tf.js';
import { lookup } from './lookup.js';

describe('lookup', () => {
  const table = tf.tensor2d([[1, 2], [3, 4], [5, 6]]); // prettier-ignore
  const ids = Int32Array.of(2, 0, 2);

  it('takes rows, again where asked again', () => {
    expectClose(lookup(table, ids), [[5, 6], [1, 2], [5, 6]]); // prettier-ignore
  });

  it('adds up the gradients of a row', () => {
    const upstream = tf.tensor2d([[1, 10], [2, 20], [3, 30]]); // prettier-ignore
    const gradient = tf.grad((x) => lookup(x as tf.Tensor2D, ids))(table, upstream);
    expectClose(gradient, [[2, 20], [0, 0], [4, 40]]); // prettier-ignore
  });

  it('refuses numbers beyond the table', () => {
    expect(() => lookup(table, Int32Array.of(1, 3))).toThrow(
      'lookup: expected numbers from 0 to 2, but got 3.',
    );
    expect(() => lookup(table, Int32Array.of(-1))).toThrow(
      'lookup: expected numbers from 0 to 2, but got -1.',
    );
  });

  it('leaks no tensor', async () => {
    const work = () => tf.dispose(tf.grad((x) => tf.tidy(() => lookup(x as tf.Tensor2D, ids).sum()))(table));
    expect(await leakedTensors(work)).toBe(0);
  });
});
