import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { tf } from '../tf.js';
import { constant, zeros } from './initializers.js';
import { Linear } from './linear.js';

describe('Linear', () => {
  it('names its parameters kernel and bias, and has no bias where none is asked for', () => {
    const rng = new Rng(1);
    expect(Object.keys(new Linear({ inputs: 2, outputs: 3, rng }).parameters)).toEqual(['kernel', 'bias']);
    const bare = new Linear({ inputs: 2, outputs: 3, rng, kernel: constant(1), bias: null });
    expect(Object.keys(bare.parameters)).toEqual(['kernel']);
    expect([...bare.apply(tf.tensor2d([[1, 2]])).dataSync()]).toEqual([3, 3, 3]);
  });

  it("draws PyTorch's default: kernel and bias within 1 / sqrt(inputs), the bias not zero", () => {
    const { kernel, bias } = new Linear({ inputs: 16, outputs: 50, rng: new Rng(1) });
    for (const variable of [kernel, bias!]) {
      const largest = Math.max(...variable.dataSync().map(Math.abs));
      expect(largest).toBeLessThanOrEqual(0.25);
      expect(largest).toBeGreaterThan(0.2);
    }
  });

  it('is the same for the same seed', () => {
    const draw = () => [...new Linear({ inputs: 3, outputs: 2, rng: new Rng(5) }).kernel.dataSync()];
    expect(draw()).toEqual(draw());
  });

  it('takes an empty batch', () => {
    const layer = new Linear({ inputs: 3, outputs: 2, rng: new Rng(1), bias: zeros() });
    expect(layer.apply(tf.zeros([0, 3])).shape).toEqual([0, 2]);
  });

  it('refuses another width, and a vector', () => {
    const layer = new Linear({ inputs: 16, outputs: 2, rng: new Rng(1) });
    expect(() => layer.apply(tf.zeros([2, 12]))).toThrow(
      'Linear.apply: expected an input [..., 16], but got [2, 12].',
    );
    expect(() => layer.apply(tf.zeros([16]))).toThrow(
      'Linear.apply: expected an input [..., 16], but got [16].',
    );
  });
});
