import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { bitBalanceLoss } from './bitBalanceLoss.js';
import { quantisationLoss } from './quantisationLoss.js';
import { vectors } from './vectors.testing.js';
import { weightedContrastiveLoss } from './weightedContrastiveLoss.js';

describe('the loss of WCH', () => {
  it.each(vectors.loss_cases)('has the values of the oracle: $name', ({ input, output }) => {
    const h1 = tf.tensor2d(input.h1);
    const weights = tf.tensor2d(input.W);
    expectClose(weightedContrastiveLoss(h1, tf.tensor2d(input.h2), weights, input.T_hash), output.ce);
    expectClose(bitBalanceLoss(h1), output.balance);
    expectClose(quantisationLoss(h1), -output.magnitude);
  });

  it.each(vectors.loss_cases)('has the gradients of the oracle: $name', ({ input, grad }) => {
    const total = (h1: tf.Tensor2D, h2: tf.Tensor2D, weights: tf.Tensor2D) =>
      tf.addN([
        weightedContrastiveLoss(h1, h2, weights, input.T_hash),
        bitBalanceLoss(h1),
        quantisationLoss(h1),
      ]);
    const gradients = tf.grads(total as (...inputs: tf.Tensor[]) => tf.Tensor);
    const [dh1, dh2, dW] = gradients([tf.tensor2d(input.h1), tf.tensor2d(input.h2), tf.tensor2d(input.W)]);
    expectClose(dh1!, grad.dh1);
    expectClose(dh2!, grad.dh2);
    expectClose(dW!, grad.dW);
  });
});

describe('weightedContrastiveLoss', () => {
  it('is 0 for a batch of one', () => {
    const h = tf.tensor2d([[1, -1]]);
    expectClose(weightedContrastiveLoss(h, h, tf.ones([1, 1])), 0);
  });

  it('leaves no tensor behind', async () => {
    const h = tf.ones<tf.Rank.R2>([2, 4]);
    const weights = tf.ones<tf.Rank.R2>([2, 2]);
    expect(await leakedTensors(() => weightedContrastiveLoss(h, h, weights).dispose())).toBe(0);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => weightedContrastiveLoss(tf.ones([2, 4]), tf.ones([2, 5]), tf.ones([2, 2]))).toThrow(
      'weightedContrastiveLoss: expected h2 to have the shape of h1, [2,4], but got [2,5].',
    );
    expect(() => weightedContrastiveLoss(tf.ones([2, 4]), tf.ones([2, 4]), tf.ones([2, 3]))).toThrow(
      'weightedContrastiveLoss: expected weights of shape [2,2], but got [2,3].',
    );
  });
});
