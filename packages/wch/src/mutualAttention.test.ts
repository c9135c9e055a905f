import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { mutualAttention } from './mutualAttention.js';
import { vectors } from './vectors.testing.js';

describe('mutualAttention', () => {
  it.each(vectors.cases)('has the values of the oracle: $name', ({ input, mutual_attention }) => {
    const [y1, y2] = mutualAttention(tf.tensor3d(input.x1), tf.tensor3d(input.x2));
    expectClose(y1, mutual_attention.y1);
    expectClose(y2, mutual_attention.y2);
  });

  it('averages the patches when the temperature is high', () => {
    const x1 = tf.tensor3d([[[2, 0], [0, 4]]]); // prettier-ignore
    const [y1] = mutualAttention(x1, tf.tensor3d([[[1, 1], [3, 1]]]), 1e9); // prettier-ignore
    expectClose(y1, [[[1, 2], [1, 2]]]); // prettier-ignore
  });

  it('has a finite gradient at a patch of zeros', () => {
    const x2 = tf.tensor3d([[[1, 2], [3, 4]]]); // prettier-ignore
    const gradient = tf.grad((x) => tf.sum(tf.square(mutualAttention(x as tf.Tensor3D, x2)[1])))(
      tf.zeros([1, 2, 2]),
    );
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('leaves no tensor behind', async () => {
    const x = tf.ones<tf.Rank.R3>([2, 3, 4]);
    expect(await leakedTensors(() => mutualAttention(x, x).forEach((y) => y.dispose()))).toBe(0);
  });

  it('refuses views of different shapes', () => {
    expect(() => mutualAttention(tf.ones([2, 3, 4]), tf.ones([2, 3, 5]))).toThrow(
      'mutualAttention: expected x2 to have the shape of x1, [2,3,4], but got [2,3,5].',
    );
  });
});
