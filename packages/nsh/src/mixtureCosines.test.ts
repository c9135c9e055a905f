import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { mixtureCosines } from './mixtureCosines.js';
import { softSort } from './softSort.js';
import { byItem, vectors } from './vectors.testing.js';

describe('mixtureCosines', () => {
  it.each(vectors.cases)('has the values of the oracle: $name', ({ input, output, sort_temperature }) => {
    const weights = softSort(tf.tensor2d(output.S), sort_temperature);
    const cosines = mixtureCosines(weights, tf.tensor2d(input.z1), tf.tensor2d(input.z2));
    expectClose(cosines, byItem(output.cos, output.order));
  });

  it.each(vectors.cases)('has the gradients of the oracle: $name', (oracle) => {
    const { input, output, grad, sort_temperature } = oracle;
    const upstream = tf.tensor2d(byItem(grad.dcos, output.order));
    const f = (s: tf.Tensor2D, z1: tf.Tensor2D, z2: tf.Tensor2D) =>
      tf.sum(tf.mul(upstream, mixtureCosines(softSort(s, sort_temperature), z1, z2)));
    const inputs = [output.S, input.z1, input.z2].map((matrix) => tf.tensor2d(matrix));
    const [dS, dz1, dz2] = tf.grads(f as (...inputs: tf.Tensor[]) => tf.Tensor)(inputs);
    expectClose(dS!, grad.dS);
    expectClose(dz1!, grad.dz1);
    expectClose(dz2!, grad.dz2);
  });

  it('sees neither the sums of the rows nor the lengths of the latents', () => {
    const { input, output, sort_temperature } = vectors.cases[3]!;
    const weights = softSort(tf.tensor2d(output.S), sort_temperature);
    const z2 = tf.tensor2d(input.z2);
    const scaled = mixtureCosines(tf.mul(weights, 7), tf.mul(tf.tensor2d(input.z1), 3), tf.mul(z2, 5));
    expectClose(scaled, byItem(output.cos, output.order));
  });

  it('gives a batch of one the cosine of its views', () => {
    const cosines = mixtureCosines(tf.ones([1, 1, 1]), tf.tensor2d([[3, 4]]), tf.tensor2d([[1, 0]]));
    expectClose(cosines, [[0.6]]);
  });

  it('takes latents of 0, and mixtures that cancel, as like nothing, with finite gradients', () => {
    const z2 = tf.tensor2d([[1, 0], [0, 1]]); // prettier-ignore
    for (const z1 of [
      tf.zeros<tf.Rank.R2>([2, 2]),
      tf.tensor2d([
        [1, 0],
        [-1, 0],
      ]),
    ]) {
      // prettier-ignore
      const weights = tf.ones<tf.Rank.R3>([2, 2, 2]);
      expectClose(mixtureCosines(weights, z1, z2), [[0, 0], [0, 0]]); // prettier-ignore
      const f = (...[w, a, b]: tf.Tensor[]) =>
        tf.sum(mixtureCosines(w as tf.Tensor3D, a as tf.Tensor2D, b as tf.Tensor2D));
      for (const gradient of tf.grads(f)([weights, z1, z2])) {
        expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
      }
    }
  });

  it('leaves no tensor behind', async () => {
    const z = tf.ones<tf.Rank.R2>([3, 4]);
    const weights = tf.ones<tf.Rank.R3>([3, 3, 3]);
    expect(await leakedTensors(() => mixtureCosines(weights, z, z).dispose())).toBe(0);
  });

  it('refuses shapes that do not fit', () => {
    const weights = tf.ones<tf.Rank.R3>([3, 3, 3]);
    expect(() => mixtureCosines(weights, tf.ones([3, 4]), tf.ones([3, 5]))).toThrow(
      'mixtureCosines: expected z2 to have the shape of z1, [3,4], but got [3,5].',
    );
    expect(() => mixtureCosines(weights, tf.ones([2, 4]), tf.ones([2, 4]))).toThrow(
      'mixtureCosines: expected weights of shape [2,2,2], but got [3,3,3].',
    );
  });
});
