import { describe, expect, it } from '@jest/globals';
import { tf } from '../tf.js';
import { LayerNorm } from './layerNorm.js';

describe('LayerNorm', () => {
  const layer = new LayerNorm({ width: 3, epsilon: 1e-6 });

  it('starts as plain standardisation', () => {
    const r = Math.sqrt(1.5); // (1, 2, 3) has mean 2 and variance 2/3.
    const y = layer.apply(tf.tensor2d([[1, 2, 3]])).dataSync();
    expect(y[0]).toBeCloseTo(-r, 5);
    expect(y[1]).toBeCloseTo(0, 5);
    expect(y[2]).toBeCloseTo(r, 5);
  });

  it('gives zeros and a finite gradient on a constant row', () => {
    const x = tf.fill([2, 3], 7);
    expect([...layer.apply(x).dataSync()]).toEqual([0, 0, 0, 0, 0, 0]);
    const gradient = tf.grad((x) => tf.sum(tf.mul(layer.apply(x), tf.tensor1d([1, 2, 4]))))(x);
    expect([...gradient.dataSync()].every(Number.isFinite)).toBe(true);
  });

  it('refuses another width', () => {
    expect(() => layer.apply(tf.zeros([2, 4]))).toThrow(
      'LayerNorm.apply: expected an input [..., 3], but got [2, 4].',
    );
  });
});
