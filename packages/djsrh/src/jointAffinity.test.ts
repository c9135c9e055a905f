import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { expectClose, leakedTensors } from '@hash/core/testing';
import { jointAffinity } from './jointAffinity.js';
import { vectors } from './vectors.testing.js';

const options = { imageShare: 0.6, neighbourShare: 0.4, scale: 1.5 };

describe('jointAffinity', () => {
  it.each(vectors.affinities)(
    'has the values of the oracle: $name',
    ({ images, texts, options, affinity }) => {
      expectClose(jointAffinity(tf.tensor2d(images), tf.tensor2d(texts), options), affinity);
    },
  );

  it('has those of the first pairs of Wikipedia', () => {
    const { images, texts, affinity } = vectors.wikipedia;
    const settings = { ...options, imageShare: 0.3 };
    expectClose(jointAffinity(tf.tensor2d(images), tf.tensor2d(texts), settings), affinity);
  });

  it('does not depend on the length of features', () => {
    const [images, texts] = [tf.randomNormal<tf.Rank.R2>([5, 3]), tf.randomNormal<tf.Rank.R2>([5, 4])];
    const expected = jointAffinity(images, texts, options).arraySync();
    expectClose(jointAffinity(tf.mul(images, 7), tf.div(texts, 3), options), expected);
  });

  it('takes cosines as they are where they are not to be stretched', () => {
    const images = tf.tensor2d([
      [3, 4],
      [0, 5],
    ]);
    const plain = { imageShare: 1, neighbourShare: 0, scale: 1, stretch: false };
    expectClose(jointAffinity(images, tf.ones([2, 1]), plain), [
      [1, 0.8],
      [0.8, 1],
    ]);
  });

  it('is the scale for a batch of one', () => {
    expectClose(jointAffinity(tf.tensor2d([[1, 2]]), tf.tensor2d([[3]]), options), [[1.5]]);
  });

  it('leaves no tensor behind', async () => {
    const features = tf.ones<tf.Rank.R2>([2, 4]);
    expect(await leakedTensors(() => jointAffinity(features, features, options).dispose())).toBe(0);
  });

  it('refuses another number of texts', () => {
    expect(() => jointAffinity(tf.ones([3, 4]), tf.ones([2, 4]), options)).toThrow(
      'jointAffinity: expected as many texts as images, 3, but got 2.',
    );
  });
});
