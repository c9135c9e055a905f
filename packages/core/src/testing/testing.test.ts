import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { centralDifferences } from './centralDifferences.js';
import { expectClose } from './expectClose.js';
import { leakedTensors } from './leakedTensors.js';

describe('expectClose', () => {
  it('accepts what is close', () => expectClose(tf.tensor2d([[1, 2]]), [[1.000001, 2]]));
  it('names the worst place', () => {
    expect(() => expectClose(tf.tensor2d([[1, 2, 3]]), [[1, 2.5, 3.1]])).toThrow(
      'at [0, 1] expected 2.5, but got 2 (difference 0.5, allowed 0.00001 + 0.00001 |expected|).',
    );
  });
  it('refuses NaN and another shape', () => {
    expect(() => expectClose(tf.tensor1d([NaN]), [1])).toThrow('at [0] expected 1, but got NaN');
    expect(() => expectClose(tf.tensor1d([1]), [[1]])).toThrow(
      'expected a tensor of shape [1,1], but got [1].',
    );
  });
});

it('centralDifferences differentiates', () => {
  const gradient = centralDifferences((x) => tf.sum(tf.square(x)), tf.tensor1d([1, -2]));
  expect(gradient[0]).toBeCloseTo(2, 3);
  expect(gradient[1]).toBeCloseTo(-4, 3);
});

it('leakedTensors counts', async () => {
  expect(await leakedTensors(() => tf.tidy(() => tf.scalar(1).square().dataSync()))).toBe(0);
  expect(await leakedTensors(() => tf.scalar(1).square())).toBe(2);
});
