import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { centralDifferences, expectClose, leakedTensors } from '@hash/core/testing';
import { pairWeights } from './pairWeights.js';
import { vectors } from './vectors.testing.js';

const similarity = () =>
  tf.tensor2d([
    [1, 0.5],
    [0.2, 0.9],
  ]);

describe('pairWeights', () => {
  it.each(vectors.cases)('has the values of the oracle: $name', ({ patch_similarity_G, weights_W }) => {
    expectClose(pairWeights(tf.tensor2d(patch_similarity_G)), weights_W);
  });

  it('by row is relative to the image itself: exp((G[n,m] - G[n,n]) / T)', () => {
    expectClose(pairWeights(similarity(), { reference: 'row' }), [
      [1, Math.exp(-0.5 / 0.2)],
      [Math.exp(-0.7 / 0.2), 1],
    ]);
  });

  it('multiplies the weights of other images by a factor', () => {
    const weights = pairWeights(similarity(), { reference: 'row', neighbours: 0.1 });
    expectClose(weights, [
      [1, 0.1 * Math.exp(-0.5 / 0.2)],
      [0.1 * Math.exp(-0.7 / 0.2), 1],
    ]);
  });

  it('normalises the rows when asked to', () => {
    const weights = pairWeights(similarity(), { normalize: true });
    expectClose(tf.sum(weights, 1), [1, 1]);
  });

  it('normalises weights by column that would overflow', () => {
    const g = tf.tensor2d([
      [-1, 1],
      [1, -1],
    ]);
    expectClose(pairWeights(g, { temperature: 0.01, normalize: true }), [
      [0, 1],
      [1, 0],
    ]);
  });

  it('neither overflows nor divides by zero at a low temperature', () => {
    const weights = pairWeights(similarity(), { temperature: 1e-3, reference: 'row' });
    expectClose(weights, [
      [1, 0],
      [0, 1],
    ]);
  });

  it.each(['column', 'row'] as const)('has the gradient of central differences, by %s', (reference) => {
    const pick = tf.tensor2d([
      [0.3, -1],
      [2, 0.7],
    ]);
    const f = (g: tf.Tensor) =>
      tf.sum<tf.Scalar>(tf.mul(pick, pairWeights(g as tf.Tensor2D, { temperature: 0.5, reference })));
    expectClose(tf.grad(f)(similarity()).flatten(), centralDifferences(f, similarity()), { absolute: 2e-3 });
  });

  it('leaves no tensor behind', async () => {
    const g = similarity();
    expect(await leakedTensors(() => pairWeights(g, { normalize: true }).dispose())).toBe(0);
  });

  it('refuses a matrix that is not square', () => {
    expect(() => pairWeights(tf.ones([2, 3]))).toThrow(
      'pairWeights: expected a square matrix of similarities, but got [2,3].',
    );
  });
});
