import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { centralDifferences, expectClose, leakedTensors } from '@hash/core/testing';
import { softSort } from './softSort.js';
import { byItem, vectors } from './vectors.testing.js';

/** SoftSort's P, its rows in the order of the items. */
function permutation(similarity: tf.Tensor2D, temperature: number): tf.Tensor3D {
  const weights = softSort(similarity, temperature);
  return tf.div(weights, tf.sum(weights, 2, true));
}

describe('softSort', () => {
  it.each(vectors.softsort)('has the values of the oracle: $name', ({ s, temperature, order, P }) => {
    // A list of its own for each item, all alike, so that the similarities are square.
    const lists = s.map(() => s);
    const [first] = tf.unstack(permutation(tf.tensor2d(lists), temperature));
    expectClose(first!, byItem([P], [order])[0]!);
  });

  it.each(vectors.cases)('has the values of the oracle: $name', ({ output, sort_temperature }) => {
    expectClose(permutation(tf.tensor2d(output.S), sort_temperature), byItem(output.P, output.order));
  });

  it.each(vectors.cases)('has the gradient of the oracle: $name', ({ output, grad, sort_temperature }) => {
    const upstream = tf.tensor3d(byItem(grad.dP, output.order));
    const gradient = tf.grad((s) =>
      tf.sum(tf.mul(upstream, permutation(s as tf.Tensor2D, sort_temperature))),
    );
    expectClose(gradient(tf.tensor2d(output.S)), grad.dS);
  });

  it('has the gradient of central differences where nothing ties', () => {
    const s = tf.tensor2d([
      [0.9, 0.1, 0.4],
      [0.3, 0.8, 0.5],
      [0.2, 0.7, 1],
    ]);
    const upstream = tf.randomNormal([3, 3, 3], 0, 1, 'float32', 3);
    const f = (x: tf.Tensor) => tf.sum<tf.Scalar>(tf.mul(upstream, softSort(x as tf.Tensor2D, 0.5)));
    expectClose(tf.grad(f)(s).flatten(), centralDifferences(f, s), { absolute: 1e-3 });
  });

  it('does not pull at items that tie', () => {
    const gradient = tf.grad((s) => tf.sum(tf.mul(softSort(s as tf.Tensor2D, 0.1), tf.range(0, 2))));
    expectClose(gradient(tf.fill([2, 2], 0.5)), [[0, 0], [0, 0]]); // prettier-ignore
  });

  it('neither overflows nor divides by 0 at a low temperature', () => {
    const sharp = softSort(tf.tensor2d([[1, 0], [0, 1]]), 1e-6); // prettier-ignore
    expectClose(sharp, [[[1, 0], [0, 1]], [[1, 0], [0, 1]]]); // prettier-ignore
  });

  it('leaves no tensor behind, forwards or backwards', async () => {
    const s = tf.eye(3);
    expect(await leakedTensors(() => softSort(s, 1).dispose())).toBe(0);
    const sum = (x: tf.Tensor) => tf.sum(softSort(x as tf.Tensor2D, 1));
    expect(await leakedTensors(() => tf.grad(sum)(s).dispose())).toBe(0);
  });
});
