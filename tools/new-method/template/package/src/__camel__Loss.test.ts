import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { tf } from '@hash/core';
import { centralDifferences, expectClose, leakedTensors } from '@hash/core/testing';
import { __camel__Loss } from './__camel__Loss.js';

/** Float64 values that tools/oracles/__snake__.py computed from the equation. */
const { u, affinity, loss } = JSON.parse(
  readFileSync(new URL('../fixtures/__name__.json', import.meta.url), 'utf8'),
) as { u: number[][]; affinity: number[][]; loss: number };

describe('__camel__Loss', () => {
  it('has the value of the oracle', () =>
    expectClose(__camel__Loss(tf.tensor2d(u), tf.tensor2d(affinity)), loss));

  it('has the gradient of central differences', () => {
    const target = tf.tensor2d(affinity);
    const f = (x: tf.Tensor) => __camel__Loss(x as tf.Tensor2D, target);
    const x = tf.tensor2d(u);
    expectClose(tf.grad(f)(x).flatten(), centralDifferences(f, x), { absolute: 1e-4 });
  });

  it('has a finite gradient at a zero row', () => {
    const gradient = tf.grad((x) => __camel__Loss(x as tf.Tensor2D, tf.eye(2)))(tf.zeros([2, 3]));
    expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it('leaves no tensor behind', async () => {
    const [codes, target] = [tf.tensor2d(u), tf.tensor2d(affinity)];
    expect(await leakedTensors(() => __camel__Loss(codes, target).dispose())).toBe(0);
  });
});
