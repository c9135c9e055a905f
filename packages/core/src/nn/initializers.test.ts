import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import {
  constant,
  kaimingNormal,
  kaimingUniform,
  normal,
  ones,
  torchDefault,
  truncatedNormal,
  uniform,
  xavierUniform,
  zeros,
  type Initializer,
} from './initializers.js';

function draw(initializer: Initializer, shape: number[]): Float32Array {
  const tensor = initializer(shape, new Rng(9));
  expect(tensor.shape).toEqual(shape);
  const values = tensor.dataSync<'float32'>();
  tensor.dispose();
  return values;
}

function moments(values: Float32Array): { mean: number; deviation: number; largest: number } {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const variance = values.reduce((sum, x) => sum + (x - mean) ** 2, 0) / values.length;
  const largest = values.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
  return { mean, deviation: Math.sqrt(variance), largest };
}

describe('initializers', () => {
  it('fills with constants', () => {
    expect([...draw(zeros(), [2])]).toEqual([0, 0]);
    expect([...draw(ones(), [1, 2])]).toEqual([1, 1]);
    expect([...draw(constant(-3), [2])]).toEqual([-3, -3]);
  });

  it('draws from the normal distribution, whole or cut at two deviations', () => {
    const whole = moments(draw(normal(2, 5), [40_000]));
    expect(Math.abs(whole.mean - 5)).toBeLessThan(0.04);
    expect(Math.abs(whole.deviation - 2)).toBeLessThan(0.04);
    const cut = moments(draw(truncatedNormal(2), [40_000]));
    expect(cut.largest).toBeLessThanOrEqual(4);
    expect(cut.largest).toBeGreaterThan(3.9);
    expect(Math.abs(cut.deviation - 2 * 0.8796)).toBeLessThan(0.04); // 0.8796: known for a cut at 2
  });

  it('draws from [low, high)', () => {
    const { mean, largest } = moments(draw(uniform(1, 3), [40_000]));
    expect(Math.abs(mean - 2)).toBeLessThan(0.02);
    expect(largest).toBeLessThan(3);
  });

  it.each<[string, Initializer, number[], number]>([
    ['kaimingUniform, fanOut, 768 to 1024', kaimingUniform({ mode: 'fanOut' }), [768, 1024], 0.076546554],
    ['kaimingUniform, fanOut, 1024 to 16', kaimingUniform({ mode: 'fanOut' }), [1024, 16], 0.612372436],
    ['kaimingUniform, fanOut, 1024 to 64', kaimingUniform({ mode: 'fanOut' }), [1024, 64], 0.306186218],
    ['kaimingUniform, fanIn, convolution', kaimingUniform(), [3, 3, 24, 50], Math.sqrt(6 / 216)],
    [
      'kaimingUniform, fanOut, convolution',
      kaimingUniform({ mode: 'fanOut' }),
      [3, 3, 50, 24],
      Math.sqrt(6 / 216),
    ],
    ['kaimingUniform, gain 1', kaimingUniform({ gain: 1 }), [100, 100], Math.sqrt(0.03)],
    ['xavierUniform', xavierUniform(), [100, 200], Math.sqrt(6 / 300)],
    ['xavierUniform, gain 2', xavierUniform(2), [100, 200], 2 * Math.sqrt(6 / 300)],
    ['torchDefault', torchDefault(), [64, 100], 0.125],
  ])('%s: uniform in its bound', (_, initializer, shape, bound) => {
    const { mean, deviation, largest } = moments(draw(initializer, shape));
    expect(largest).toBeLessThanOrEqual(Math.fround(bound));
    expect(largest).toBeGreaterThan(0.995 * bound);
    expect(Math.abs(mean)).toBeLessThan(0.05 * bound);
    expect(Math.abs(deviation / bound - Math.sqrt(1 / 3))).toBeLessThan(0.02);
  });

  it('kaimingNormal has the deviation gain / sqrt(fan)', () => {
    const { deviation } = moments(draw(kaimingNormal({ mode: 'fanOut' }), [3, 3, 20, 200]));
    expect(Math.abs(deviation / Math.sqrt(2 / 1800) - 1)).toBeLessThan(0.02);
  });

  it('refuses to scale a vector, which has no fans', () => {
    expect(() => kaimingUniform()([8], new Rng(1))).toThrow(
      'initializers: expected a kernel [..., inputs, outputs], but got shape [8].',
    );
  });
});
