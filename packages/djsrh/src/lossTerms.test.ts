import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { centralDifferences, expectClose, leakedTensors } from '@hash/core/testing';
import { lossTerms } from './lossTerms.js';
import { reconstructionLoss } from './reconstructionLoss.js';
import { sharpness } from './sharpness.js';
import { vectors } from './vectors.testing.js';

const { relaxedCodes, signCodes } = vectors;

describe('the loss of DJSRH', () => {
  it.each(signCodes)(
    'has the values of the oracle for signs: $name',
    ({ image, text, affinity, weights, terms }) => {
      const found = lossTerms(tf.tensor2d(image), tf.tensor2d(text), tf.tensor2d(affinity), weights);
      for (const [name, value] of Object.entries(terms)) expectClose(found[name]!, value);
    },
  );

  it.each(relaxedCodes)('has the values and gradients of the oracle: $name', (oracle) => {
    const { image, text, affinity, weights, terms, epoch, imageGradient, textGradient } = oracle;
    const relaxed = (hashes: tf.Tensor) =>
      tf.tanh(tf.mul<tf.Tensor2D>(hashes as tf.Tensor2D, sharpness(epoch)));
    const found = (a: tf.Tensor, b: tf.Tensor) =>
      lossTerms(relaxed(a), relaxed(b), tf.tensor2d(affinity), weights);
    const hashes = [tf.tensor2d(image), tf.tensor2d(text)] as const;
    for (const [name, value] of Object.entries(terms)) expectClose(found(...hashes)[name]!, value);
    const total = (a: tf.Tensor, b: tf.Tensor) => tf.addN(Object.values(found(a, b)));
    const [byImage, byText] = tf.grads(total)([...hashes]);
    expectClose(byImage!, imageGradient);
    expectClose(byText!, textGradient);
  });

  it('has no terms without weight', () => {
    const codes = tf.tensor2d([[1, -1]]);
    const none = lossTerms(codes, codes, tf.ones([1, 1]), { imageWeight: 0, textWeight: 0 });
    expect(Object.keys(none)).toEqual(['imageText']);
    const texts = lossTerms(codes, codes, tf.ones([1, 1]), { imageWeight: 0, textWeight: 1 });
    expect(Object.keys(texts)).toEqual(['imageText', 'textText']);
  });
});

describe('reconstructionLoss', () => {
  const affinity = tf.tensor2d([
    [1, 0.2],
    [0.2, 1],
  ]);

  it('is 0 where codes have the cosines that they are to have, in a batch of one too', () => {
    const codes = tf.tensor2d([
      [1, 0],
      [0.2, Math.sqrt(0.96)],
    ]);
    expectClose(reconstructionLoss(codes, codes, affinity), 0);
    expectClose(reconstructionLoss(tf.tensor2d([[3, 4]]), tf.tensor2d([[6, 8]]), tf.ones([1, 1])), 0);
  });

  it('gives a row of zeros the cosine 0, and finite gradients', () => {
    const codes = tf.tensor2d([
      [0, 0],
      [0.6, 0.8],
    ]);
    // (1 + 0.04 + 0.04 + 0) / 4
    expectClose(reconstructionLoss(codes, codes, affinity), 0.27);
    const gradient = tf.grad((x) => reconstructionLoss(x as tf.Tensor2D, x as tf.Tensor2D, affinity))(codes);
    expect(gradient.dataSync().every(Number.isFinite)).toBe(true);
  });

  it('has the gradient of central differences', () => {
    const u = tf.tensor2d([
      [0.5, -0.2, 0.1],
      [-0.4, 0.3, 0.8],
    ]);
    const v = tf.tensor2d([
      [0.1, 0.6, -0.9],
      [0.2, 0.3, -0.1],
    ]);
    const loss = (x: tf.Tensor) => reconstructionLoss(u, x as tf.Tensor2D, affinity);
    const found = tf.grad(loss)(v).dataSync();
    centralDifferences(loss, v, 3e-3).forEach((value, i) => expect(found[i]).toBeCloseTo(value, 3));
  });

  it('leaves no tensor behind', async () => {
    const codes = tf.ones<tf.Rank.R2>([2, 4]);
    expect(await leakedTensors(() => reconstructionLoss(codes, codes, affinity).dispose())).toBe(0);
  });

  it('refuses shapes that do not fit', () => {
    expect(() => reconstructionLoss(tf.ones([4, 16]), tf.ones([4, 32]), tf.ones([4, 4]))).toThrow(
      'reconstructionLoss: expected v to have the shape of u, [4, 16], but got [4, 32].',
    );
    expect(() => reconstructionLoss(tf.ones([4, 16]), tf.ones([4, 16]), tf.ones([4, 3]))).toThrow(
      'reconstructionLoss: expected an affinity of shape [4, 4], but got [4, 3].',
    );
  });
});

describe('sharpness', () => {
  it.each(vectors.sharpness)('is $value in epoch $epoch', ({ epoch, value }) => {
    expect(sharpness(epoch)).toBeCloseTo(value, 10);
  });
});
