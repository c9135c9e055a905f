import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { quantisationLoss } from './quantisationLoss.js';
import { vectors } from './vectors.testing.js';

describe('quantisationLoss', () => {
  it('has the value and the gradient of the oracle', () => {
    const { h1, h2, loss, dh } = vectors.cases[0]!.quantisation!;
    const relaxed = tf.tensor2d([...h1, ...h2]);
    const { value, grad } = tf.valueAndGrad((h) => quantisationLoss(h as tf.Tensor2D))(relaxed);
    expectClose(value, loss);
    expectClose(grad, dh);
  });

  it('is 0 for signs, and does not push at 0', () => {
    expectClose(quantisationLoss(tf.tensor2d([[1, -1]])), 0);
    expectClose(tf.grad((h) => quantisationLoss(h as tf.Tensor2D))(tf.zeros([1, 2])), [[0, 0]]);
  });

  it('leaves no tensor behind', async () => {
    const h = tf.fill<tf.Rank.R2>([2, 2], 0.5);
    expect(await leakedTensors(() => quantisationLoss(h).dispose())).toBe(0);
  });
});
