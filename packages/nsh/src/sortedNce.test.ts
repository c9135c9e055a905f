import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { doubleSoftmaxNce } from './doubleSoftmaxNce.js';
import { sortedNce } from './sortedNce.js';
import { vectors } from './vectors.testing.js';

/** Marks the first `count` positions of lists that are sorted already. */
function firstOf(n: number, count: number): tf.Tensor2D {
  return tf.tile(tf.tensor2d([Array.from({ length: n }, (_, k) => (k < count ? 1 : 0))]), [n, 1]);
}

describe('sortedNce', () => {
  it.each(vectors.cases)(
    'has the value and the gradient of the oracle: $name',
    ({ output, grad, positives, temperature }) => {
      const mask = firstOf(output.cos.length, positives);
      const f = (c: tf.Tensor) => sortedNce(c as tf.Tensor2D, mask, temperature);
      const { value, grad: gradient } = tf.valueAndGrad(f)(tf.tensor2d(output.cos));
      expectClose(value, output.loss);
      expectClose(gradient, grad.dcos);
    },
  );

  it('scores a positive without the other positives', () => {
    // -log(e / (e + e⁰)) for the first, -log(e² / (e² + e⁰)) for the second
    const [one, two] = [Math.log(1 + Math.exp(-1)), Math.log(1 + Math.exp(-2))];
    const positives = tf.tensor2d([[1, 1, 0]]);
    expectClose(sortedNce(tf.tensor2d([[1, 2, 0]]), positives, 1), (one + two) / 2);
  });

  it('is 0, with a gradient of 0, where all items are positives', () => {
    const cosines = tf.tensor2d([[0.3, 0.7], [0.1, -1]]); // prettier-ignore
    const f = (c: tf.Tensor) => sortedNce(c as tf.Tensor2D, tf.ones([2, 2]), 0.1);
    expectClose(f(cosines), 0);
    expectClose(tf.grad(f)(cosines), [[0, 0], [0, 0]]); // prettier-ignore
  });

  it('is finite at a low temperature', () => {
    const f = (c: tf.Tensor) => sortedNce(c as tf.Tensor2D, firstOf(2, 1), 1e-4);
    const cosines = tf.tensor2d([[-1, 1], [1, -1]]); // prettier-ignore
    expectClose(f(cosines), 10_000);
    expectClose(tf.grad(f)(cosines), [[-5000, 5000], [0, 0]]); // prettier-ignore
  });

  it('leaves no tensor behind', async () => {
    const [cosines, positives] = [tf.eye(3), firstOf(3, 1)];
    expect(await leakedTensors(() => sortedNce(cosines, positives, 0.1).dispose())).toBe(0);
    expect(await leakedTensors(() => doubleSoftmaxNce(cosines, positives, 0.1).dispose())).toBe(0);
  });

  it('refuses positives of another shape', () => {
    expect(() => sortedNce(tf.eye(3), tf.eye(2), 0.1)).toThrow(
      'sortedNce: expected positives to have the shape of cosines, [3,3], but got [2,2].',
    );
  });
});

describe('doubleSoftmaxNce', () => {
  it.each(vectors.cases)(
    'has the value of the oracle, above its floor: $name',
    ({ output, positives, temperature, double_softmax, double_softmax_floor }) => {
      const mask = firstOf(output.cos.length, positives);
      expectClose(doubleSoftmaxNce(tf.tensor2d(output.cos), mask, temperature), double_softmax);
      expect(double_softmax).toBeGreaterThan(double_softmax_floor);
    },
  );

  it('stays above its floor where everything is sorted as well as can be', () => {
    const n = 6;
    const sorted = tf.tile(tf.tensor2d([[1, 1, -1, -1, -1, -1]]), [n, 1]);
    expectClose(doubleSoftmaxNce(sorted, firstOf(n, 2), 0.01), Math.log(1 + 4 / Math.E));
  });
});
