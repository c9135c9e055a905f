import { describe, expect, it } from '@jest/globals';
import type { Schedule } from './schedule.js';
import { constant, cosine, stepDecay, warmupConstant, warmupCosine, warmupLinear } from './schedules.js';

const atEpoch = (schedule: Schedule, base: number, epoch: number, epochs: number) =>
  schedule(base, { epoch, epochs, step: 3, stepsPerEpoch: 7 });

/** At a share x of 10,000 steps in 10 epochs. */
const atShare = (schedule: Schedule, x: number) => {
  const step = Math.round(x * 10_000);
  return schedule(1, { epoch: Math.floor(step / 1000), epochs: 10, step: step % 1000, stepsPerEpoch: 1000 });
};

describe('schedules', () => {
  it('constant', () => {
    expect(atEpoch(constant(), 0.3, 9, 10)).toBe(0.3);
  });

  it.each([
    [0, 1e-5],
    [1, 9.990133642141359e-6],
    [10, 9.045084971874738e-6],
    [25, 5e-6],
    [40, 9.549150281252633e-7],
    [49, 9.866357858642206e-9],
  ])('cosine over 50 epochs, at %p', (epoch, rate) => {
    expect(atEpoch(cosine(), 1e-5, epoch, 50)).toBeCloseTo(rate, 18);
  });

  it.each([
    [0, 1e-4],
    [1, 9.99753526903e-5],
    [25, 8.53699837203e-5],
    [50, 5.005e-5],
    [99, 1.24647309732e-7],
  ])('cosine over 100 epochs with a minimum of 1e-7, at %p', (epoch, rate) => {
    expect(atEpoch(cosine({ minimum: 1e-7 }), 1e-4, epoch, 100)).toBeCloseTo(rate, 15);
  });

  it('stepDecay lowers the rate from each milestone on', () => {
    const rates = [0, 2, 3, 4, 5].map((epoch) =>
      atEpoch(stepDecay({ milestones: [5, 3], factor: 0.5 }), 8, epoch, 9),
    );
    expect(rates).toEqual([8, 8, 4, 4, 2]);
    expect(atEpoch(stepDecay({ milestones: [] }), 8, 3, 9)).toBe(8);
  });

  it.each([
    [0, 0],
    [0.05, 0.5],
    [0.0999, 0.999],
    [0.1, 0.975528258148],
    [0.5, 0.5],
    [0.9999, 2.4674e-8],
  ])('warmupCosine with a warm-up of 0.1, at %p', (x, rate) => {
    expect(atShare(warmupCosine(), x)).toBeCloseTo(rate, 10);
  });

  it('warmupConstant and warmupLinear', () => {
    const at = (schedule: Schedule) => [0, 0.1, 0.2, 0.6, 0.9].map((x) => atShare(schedule, x));
    at(warmupConstant({ warmup: 0.2 })).forEach((rate, i) => expect(rate).toBeCloseTo([0, 0.5, 1, 1, 1][i]!));
    at(warmupLinear({ warmup: 0.2 })).forEach((rate, i) =>
      expect(rate).toBeCloseTo([0, 0.5, 1, 0.5, 0.125][i]!),
    );
  });

  it('may go without a warm-up', () => {
    for (const make of [warmupConstant, warmupLinear, warmupCosine]) {
      expect(atShare(make({ warmup: 0 }), 0)).toBe(1);
    }
  });
});
