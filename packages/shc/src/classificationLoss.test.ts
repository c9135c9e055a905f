import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { centralDifferences, expectClose, leakedTensors } from '@hash/core/testing';
import { classificationLoss } from './classificationLoss.js';
import { vectors } from './vectors.testing.js';

const oracle = vectors.classification;
const logits = () => tf.tensor2d(oracle.logits);
const ids = Int32Array.from(oracle.labels);

describe('classificationLoss', () => {
  it('has the value and the gradient of the oracle', () => {
    expectClose(classificationLoss(logits(), ids), oracle.loss);
    expectClose(tf.grad((x) => classificationLoss(x as tf.Tensor2D, ids))(logits()), oracle.gradient);
  });

  it("applies softmax twice where the authors' program is wanted", () => {
    const loss = (x: tf.Tensor) => classificationLoss(x as tf.Tensor2D, ids, true);
    expectClose(loss(logits()), oracle.double);
    expectClose(tf.grad(loss)(logits()).flatten(), centralDifferences(loss, logits()), { absolute: 1e-3 });
  });

  it.each(Object.entries(oracle.floors))('cannot fall below its floor then: %s classes', (classes, floor) => {
    const certain = tf.tensor2d([[1000, ...new Array<number>(Number(classes) - 1).fill(0)]]);
    expectClose(classificationLoss(certain, new Int32Array(1), true), floor);
    expectClose(classificationLoss(certain, new Int32Array(1)), 0);
  });

  it('leaves no tensor behind', async () => {
    const x = logits();
    expect(await leakedTensors(() => classificationLoss(x, ids, true).dispose())).toBe(0);
  });

  it('refuses another number of classes than rows', () => {
    expect(() => classificationLoss(logits(), new Int32Array(3))).toThrow(
      'classificationLoss: expected 2 classes, one for each row, but got 3.',
    );
  });
});
