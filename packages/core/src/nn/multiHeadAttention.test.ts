import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { MultiHeadAttention } from './multiHeadAttention.js';
import { flattenParameters } from './parameterTree.js';

describe('MultiHeadAttention', () => {
  const layer = new MultiHeadAttention({ width: 4, heads: 2, rng: new Rng(2) });
  const x = tf.tensor3d(
    Array.from({ length: 12 }, (_, i) => Math.sin(i)),
    [1, 3, 4],
  );

  it('names the four projections', () => {
    expect([...flattenParameters(layer.parameters).keys()]).toEqual([
      'query/kernel',
      'query/bias',
      'key/kernel',
      'key/bias',
      'value/kernel',
      'value/bias',
      'out/kernel',
      'out/bias',
    ]);
  });

  it('does not look where a mask of minus infinity hides', () => {
    const hideLast = tf.tensor([0, 0, -Infinity], [1, 1, 1, 3]);
    const masked = layer.apply(x, hideLast).slice([0, 0, 0], [1, 2, 4]).dataSync();
    const shorter = layer.apply(x.slice([0, 0, 0], [1, 2, 4])).dataSync();
    masked.forEach((value, i) => expect(value).toBeCloseTo(shorter[i]!, 6));
    const gradient = tf
      .grad((x) => tf.sum(layer.apply(x as tf.Tensor3D, hideLast)))(x)
      .dataSync();
    expect([...gradient].every(Number.isFinite)).toBe(true);
  });

  it('gives the projected value where there is but one place', () => {
    const one = x.slice([0, 0, 0], [1, 1, 4]);
    const expected = layer.out.apply(layer.value.apply(one)).dataSync();
    layer
      .apply(one)
      .dataSync()
      .forEach((value, i) => expect(value).toBeCloseTo(expected[i]!, 6));
  });

  it('refuses heads that do not divide the width', () => {
    expect(() => new MultiHeadAttention({ width: 10, heads: 4, rng: new Rng(1) })).toThrow(
      'MultiHeadAttention: expected heads to divide the width 10, but got 4.',
    );
  });
});
