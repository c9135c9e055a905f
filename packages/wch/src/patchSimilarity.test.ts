import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { patchSimilarity } from './patchSimilarity.js';
import { vectors } from './vectors.testing.js';

describe('patchSimilarity', () => {
  it.each(vectors.cases)(
    'has the values of the oracle: $name',
    ({ mutual_attention, patch_similarity_G }) => {
      const { y1, y2 } = mutual_attention;
      expectClose(patchSimilarity(tf.tensor3d(y1), tf.tensor3d(y2)), patch_similarity_G);
    },
  );

  it('does not depend on the order of the patches', () => {
    const y1 = tf.randomNormal<tf.Rank.R3>([2, 4, 3], 0, 1, 'float32', 1);
    const y2 = tf.randomNormal<tf.Rank.R3>([2, 4, 3], 0, 1, 'float32', 2);
    const reversed = patchSimilarity(y1, tf.reverse(y2, 1)).arraySync();
    expectClose(patchSimilarity(y1, y2), reversed);
  });

  it('takes a patch of zeros as like nothing, with a finite gradient', () => {
    const y2 = tf.ones<tf.Rank.R3>([1, 2, 2]);
    expectClose(patchSimilarity(tf.zeros([1, 2, 2]), y2), [[0]]);
    const gradient = tf.grad((y) => tf.sum(patchSimilarity(y as tf.Tensor3D, y2)))(tf.zeros([1, 2, 2]));
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('leaves no tensor behind', async () => {
    const y = tf.ones<tf.Rank.R3>([2, 3, 4]);
    expect(await leakedTensors(() => patchSimilarity(y, y).dispose())).toBe(0);
  });

  it('refuses tokens of different shapes', () => {
    expect(() => patchSimilarity(tf.ones([2, 3, 4]), tf.ones([1, 3, 4]))).toThrow(
      'patchSimilarity: expected y2 to have the shape of y1, [2,3,4], but got [1,3,4].',
    );
  });
});
