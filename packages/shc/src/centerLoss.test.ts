import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { centerLoss } from './centerLoss.js';
import { lossTerms } from './lossTerms.js';
import { quantisationLoss } from './quantisationLoss.js';
import { vectors } from './vectors.testing.js';

const oracle = vectors.loss;
const outputs = () => tf.tensor2d(oracle.outputs);
const targets = () => tf.tensor2d(oracle.labels.map((c) => oracle.centers[c]!));

describe('centerLoss', () => {
  it('has the value and the gradient of the oracle', () => {
    expectClose(centerLoss(outputs(), targets()), oracle.center);
    expectClose(centerLoss(outputs(), targets()), oracle.crossEntropy);
    const gradient = tf.grad((u) => centerLoss(u as tf.Tensor2D, targets()))(outputs());
    expectClose(gradient, oracle.centerGradient, { absolute: 1e-6 });
  });

  it('keeps its gradient where tanh saturates', () => {
    const [u, h] = [tf.tensor2d([[20, -20]]), tf.tensor2d([[-1, -1]])]; // prettier-ignore
    expectClose(centerLoss(u, h), 20);
    expectClose(tf.grad((x) => centerLoss(x as tf.Tensor2D, h))(u), [[1, 0]]);
  });

  it('leaves no tensor behind', async () => {
    const [u, h] = [outputs(), targets()];
    expect(await leakedTensors(() => centerLoss(u, h).dispose())).toBe(0);
  });

  it('refuses targets of another shape', () => {
    expect(() => centerLoss(outputs(), tf.ones([3, 2]))).toThrow(
      'centerLoss: expected targets to have the shape of outputs, [3,4], but got [3,2].',
    );
  });
});

describe('quantisationLoss', () => {
  it('has the value and the gradient of the oracle', () => {
    expectClose(quantisationLoss(outputs()), oracle.quantisation);
    const gradient = tf.grad((u) => quantisationLoss(u as tf.Tensor2D))(outputs());
    expectClose(gradient, oracle.quantisationGradient, { absolute: 1e-6 });
  });

  it('is 1 at 0, without a gradient', () => {
    expectClose(quantisationLoss(tf.zeros([2, 3])), 1);
    const gradient = tf.grad((u) => quantisationLoss(u as tf.Tensor2D))(tf.zeros([1, 3]));
    expectClose(gradient, [[0, 0, 0]]);
  });

  it('leaves no tensor behind', async () => {
    const u = outputs();
    expect(await leakedTensors(() => quantisationLoss(u).dispose())).toBe(0);
  });
});

describe('lossTerms', () => {
  it('weighs the quantisation', () => {
    const terms = lossTerms({ quantisationWeight: 0.5 }, outputs(), targets());
    expect(Object.keys(terms)).toEqual(['center', 'quantisation']);
    expectClose(terms.center, oracle.center);
    expectClose(terms.quantisation, 0.5 * oracle.quantisation);
  });
});
