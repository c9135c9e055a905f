import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { codeSimilarity } from './codeSimilarity.js';
import { vectors } from './vectors.testing.js';

describe('codeSimilarity', () => {
  it.each(vectors.cases)('has the values of the oracle: $name', ({ input, output }) => {
    expectClose(codeSimilarity(tf.tensor2d(input.b1), tf.tensor2d(input.b2)), output.S);
  });

  it('gives equal distances equal floats', () => {
    const query = tf.ones<tf.Rank.R2>([60, 48]);
    const list = tf.tensor2d(
      Array.from({ length: 60 }, (_, i) => Array.from({ length: 48 }, (_, k) => (k === i % 48 ? -1 : 1))),
    );
    const [similarity, ...others] = new Set(codeSimilarity(query, list).dataSync());
    expect(similarity).toBeCloseTo(1 - 1 / 48, 6);
    expect(others).toEqual([]);
  });

  it('leaves no tensor behind', async () => {
    const b = tf.ones<tf.Rank.R2>([3, 4]);
    expect(await leakedTensors(() => codeSimilarity(b, b).dispose())).toBe(0);
  });

  it('refuses codes of different shapes', () => {
    expect(() => codeSimilarity(tf.ones([3, 4]), tf.ones([3, 8]))).toThrow(
      'codeSimilarity: expected b2 to have the shape of b1, [3,4], but got [3,8].',
    );
  });
});
