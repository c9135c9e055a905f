import { describe, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { codeStatistics } from './codeStatistics.js';
import { packCodes } from './packCodes.js';
import { randomCodes } from './randomCodes.js';
import { unpackCodes } from './unpackCodes.js';

describe('randomCodes', () => {
  it('are the same for the same seed and leave unused bits 0', () => {
    const codes = randomCodes(50, 13, new Rng(1));
    expect(randomCodes(50, 13, new Rng(1))).toEqual(codes);
    expect(randomCodes(50, 13, new Rng(2))).not.toEqual(codes);
    expect(packCodes(unpackCodes(codes), 50, 13)).toEqual(codes);
  });

  it('have balanced, uncorrelated bits', () => {
    const { imbalance, meanCorrelation } = codeStatistics(randomCodes(20_000, 40, new Rng(3)));
    // Standard deviation of a mean of 20,000 signs: 0.007; mean of its magnitude: 0.0056.
    expect(imbalance).toBeLessThan(0.008);
    expect(meanCorrelation).toBeLessThan(0.0065);
  });
});

describe('codeStatistics', () => {
  it('is the mean and the correlation of the signs', () => {
    const rng = new Rng(4);
    const [count, bits] = [37, 9];
    const values = Array.from({ length: count * bits }, (_, i) => rng.normal((i % bits) / 4 - 1));
    const signs = values.map((value) => (value >= 0 ? 1 : -1));
    const { means, correlations, imbalance, meanCorrelation } = codeStatistics(
      packCodes(values, count, bits),
    );
    const column = (bit: number) => signs.filter((_, i) => i % bits === bit);
    const mean = (x: number[]) => x.reduce((a, b) => a + b) / x.length;
    const covariance = (x: number[], y: number[]) => mean(x.map((v, i) => (v - mean(x)) * (y[i]! - mean(y))));
    const pairs: number[] = [];
    for (let i = 0; i < bits; i++) {
      expect(means[i]).toBeCloseTo(mean(column(i)), 12);
      for (let j = 0; j < bits; j++) {
        const [x, y] = [column(i), column(j)];
        const expected = covariance(x, y) / Math.sqrt(covariance(x, x) * covariance(y, y));
        expect(correlations[i * bits + j]).toBeCloseTo(expected, 12);
        if (i !== j) pairs.push(Math.abs(expected));
      }
    }
    expect(imbalance).toBeCloseTo(mean([...means].map(Math.abs)), 12);
    expect(meanCorrelation).toBeCloseTo(mean(pairs), 12);
  });

  it('has no correlation with a constant bit, and none of a single bit with others', () => {
    const { means, correlations } = codeStatistics(packCodes([1, 1, 1, -1, 1, 1], 3, 2));
    expect([...means].map((x) => Math.round(x * 3))).toEqual([3, 1]);
    expect([...correlations]).toEqual([0, 0, 0, expect.closeTo(1, 12)]);
    expect(codeStatistics(packCodes([1, -1], 2, 1)).meanCorrelation).toBe(0);
  });

  it('refuses no codes', () => {
    expect(() => codeStatistics(packCodes([], 0, 8))).toThrow(
      'codeStatistics: expected at least one code, but got 0.',
    );
  });
});
