import { describe, expect, it } from '@jest/globals';
import { Rng } from './rng.js';

describe('Rng', () => {
  it('gives the same numbers for the same seed and others for another', () => {
    const draw = (seed: number | string) => {
      const rng = new Rng(seed);
      return Array.from({ length: 8 }, () => rng.uint32());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('is xoshiro128**: the reference sequence of state 1, 2, 3, 4', () => {
    const rng = new Rng({ key: [1, 2, 3, 4], state: [1, 2, 3, 4] });
    // Worked by hand from the definition: rotl(2 * 5, 7) * 9 = 11520, then the state moves on.
    expect([rng.uint32(), rng.uint32(), rng.uint32()]).toEqual([11520, 0, 5927040]);
  });

  it('goes on from a saved state', () => {
    const rng = new Rng('a');
    rng.uint32();
    const copy = new Rng(JSON.parse(JSON.stringify(rng.state())) as ReturnType<Rng['state']>);
    expect(copy.normal()).toBe(rng.normal());
    expect(copy.fork('x').uint32()).toBe(rng.fork('x').uint32());
  });

  it('forks by key, not by position', () => {
    const rng = new Rng(1);
    const before = rng.fork('epoch', 3).uint32();
    rng.uint32();
    expect(rng.fork('epoch', 3).uint32()).toBe(before);
    expect(rng.fork('epoch', 4).uint32()).not.toBe(before);
    expect(rng.fork('epoch3').uint32()).not.toBe(before);
    expect(rng.fork('ab', 'c').uint32()).not.toBe(rng.fork('a', 'bc').uint32());
  });

  it('is uniform on integers (chi-squared of 10 cells, 100,000 draws)', () => {
    const rng = new Rng(3);
    const cells = new Array<number>(10).fill(0);
    for (let i = 0; i < 100_000; i++) cells[rng.int(10)]! += 1;
    const chiSquared = cells.reduce((sum, n) => sum + (n - 10_000) ** 2 / 10_000, 0);
    expect(chiSquared).toBeLessThan(27.9); // 99.9 % quantile of 9 degrees of freedom
  });

  it('has the mean and variance of a normal distribution', () => {
    const rng = new Rng(4);
    const values = Array.from({ length: 100_000 }, () => rng.normal(2, 3));
    const mean = values.reduce((a, b) => a + b) / values.length;
    const variance = values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length;
    expect(Math.abs(mean - 2)).toBeLessThan(0.04);
    expect(Math.abs(variance - 9)).toBeLessThan(0.2);
  });

  it('permutes', () => {
    const order = new Rng(5).permutation(1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect([...order]).not.toEqual(Array.from({ length: 1000 }, (_, i) => i));
    expect(new Rng(5).permutation(0)).toHaveLength(0);
  });

  it('refuses an impossible range', () => {
    expect(() => new Rng(1).int(0)).toThrow(
      'Rng.int: expected n to be an integer from 1 to 2^32, but got 0.',
    );
  });
});
