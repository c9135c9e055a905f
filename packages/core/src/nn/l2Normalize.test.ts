import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { l2Normalize } from './l2Normalize.js';

describe('l2Normalize', () => {
  it('scales rows to length 1 and leaves a zero row zero', () => {
    const y = l2Normalize(tf.tensor2d([[3, 4], [0, 0], [-2, 0]])); // prettier-ignore
    const expected = [0.6, 0.8, 0, 0, -1, 0];
    y.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  });

  it('normalises along another axis', () => {
    const y = l2Normalize(tf.tensor2d([[3, 0], [4, 5]]), 0); // prettier-ignore
    const expected = [0.6, 0, 0.8, 1];
    y.dataSync().forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  });

  it('has the gradient (g - y (y·g)) / ‖x‖, finite at a zero row', () => {
    const weights = tf.tensor2d([[1, 2], [1, 2]]); // prettier-ignore
    const x = tf.tensor2d([[3, 4], [0, 0]]); // prettier-ignore
    const gradient = tf
      .grad((x) => tf.sum(tf.mul(l2Normalize(x), weights)))(x)
      .dataSync();
    expect(gradient[0]).toBeCloseTo((1 - 0.6 * 2.2) / 5, 6);
    expect(gradient[1]).toBeCloseTo((2 - 0.8 * 2.2) / 5, 6);
    // There, x / epsilon is the function.
    expect(gradient[2]).toBe(Math.fround(1e12));
    expect(gradient[3]).toBe(Math.fround(2e12));
  });
});
