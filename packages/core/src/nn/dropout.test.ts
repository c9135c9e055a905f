import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { dropout } from './dropout.js';

describe('dropout', () => {
  const size = 200_000;

  it.each([0.1, 0.5, 0.9])('drops a share of %p, each element alike, and scales the rest', (rate) => {
    const y = dropout(tf.ones([size]), rate, { training: true, rng: new Rng(4) }).dataSync();
    const kept = y.filter((value) => value !== 0);
    expect(new Set(kept)).toEqual(new Set([Math.fround(1 / (1 - rate))]));
    const deviation = Math.sqrt((rate * (1 - rate)) / size);
    expect(Math.abs(1 - kept.length / size - rate)).toBeLessThan(4 * deviation);
    // Neighbours are independent: both dropped with probability rate².
    const pairs = y.filter((value, i) => value === 0 && y[i + 1] === 0).length;
    expect(Math.abs(pairs / size - rate * rate)).toBeLessThan(6 * deviation);
  });

  it('treats the first and the last element as any other', () => {
    const rng = new Rng(8);
    const dropped = [0, 0, 0];
    for (let i = 0; i < 4000; i++) {
      const y = tf.tidy(() => dropout(tf.ones([3]), 0.25, { training: true, rng }).dataSync());
      y.forEach((value, place) => (dropped[place]! += value === 0 ? 1 : 0));
    }
    for (const count of dropped) expect(Math.abs(count / 4000 - 0.25)).toBeLessThan(0.03);
  });

  it('sends the gradient through the same mask, and draws another mask the next time', () => {
    const x = tf.ones([1000]);
    const forward = dropout(x, 0.3, { training: true, rng: new Rng(6) });
    const rng = new Rng(6);
    const gradient = tf.grad((x) => tf.sum(dropout(x, 0.3, { training: true, rng })))(x);
    expect(gradient.dataSync()).toEqual(forward.dataSync());
    expect(dropout(x, 0.3, { training: true, rng }).dataSync()).not.toEqual(forward.dataSync());
  });

  it('is the identity outside training and at rate 0', () => {
    const x = tf.ones([5]);
    expect(dropout(x, 0.5)).toBe(x);
    expect(dropout(x, 0, { training: true })).toBe(x);
  });

  it('refuses to train without a generator, and rates outside [0, 1)', () => {
    const x = tf.ones([5]);
    expect(() => dropout(x, 0.5, { training: true })).toThrow(
      'dropout: expected an rng in a training pass with rate 0.5, but got none.',
    );
    for (const rate of [1, -0.1, NaN]) {
      expect(() => dropout(x, rate)).toThrow(`dropout: expected a rate in [0, 1), but got ${rate}.`);
    }
  });
});
