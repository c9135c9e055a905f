import { describe, expect, it } from '@jest/globals';
import { INFERENCE, Rng, tf } from '@hash/core';
import { createBackbone } from '../catalogue/createBackbone.js';

describe('the backbone vectors', () => {
  it('hands on the vectors that stand in the place of images', async () => {
    const backbone = await createBackbone('vectors', { options: { width: 3 }, rng: new Rng(1) });
    const images = tf.tensor4d([1, 2, 3, 4, 5, 6], [2, 1, 1, 3]);
    const { pooled, tokens } = backbone.features(images, INFERENCE);
    expect(pooled.arraySync()).toEqual([
      [1, 2, 3],
      [4, 5, 6],
    ]);
    expect(tokens).toBeUndefined();
    expect(backbone).toMatchObject({ name: 'vectors', width: 3, parameters: {} });
  });

  it('refuses pixels, and vectors of another width', async () => {
    const backbone = await createBackbone('vectors', { rng: new Rng(1) });
    expect(() => backbone.features(tf.zeros([2, 8, 8, 3]), INFERENCE)).toThrow(
      'The backbone vectors takes vectors of 512 numbers in the place of images, [n, 1, 1, 512], but got [2, 8, 8, 3].',
    );
    expect(() => backbone.features(tf.zeros([2, 1, 1, 3]), INFERENCE)).toThrow('but got [2, 1, 1, 3].');
  });
});
