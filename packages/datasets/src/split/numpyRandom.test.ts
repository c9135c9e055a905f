import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { NumpyRandom, numpyPermutation } from './numpyRandom.js';

interface Permutation {
  readonly seed: number;
  readonly n: number;
  readonly first: readonly number[];
  readonly last: readonly number[];
  readonly sha256OfInt32: string;
}

// Made by tools/oracles/split.py with NumPy.
const { permutations } = JSON.parse(
  readFileSync(new URL('../../fixtures/split.json', import.meta.url), 'utf8'),
) as { permutations: readonly Permutation[] };

describe('numpyPermutation', () => {
  it.each(permutations)('is NumPy’s of $n after seed $seed', ({ seed, n, first, last, sha256OfInt32 }) => {
    const order = numpyPermutation(seed, n);
    expect([...order.slice(0, 5)]).toEqual(first);
    expect([...order.slice(-3)]).toEqual(last);
    expect(createHash('sha256').update(order).digest('hex')).toBe(sha256OfInt32);
  });

  it('of nothing is empty', () => {
    expect(numpyPermutation(0, 0)).toHaveLength(0);
  });
});

describe('NumpyRandom', () => {
  it('is MT19937: the first outputs of its authors’ program for seed 5489', () => {
    const random = new NumpyRandom(5489);
    const first = [random.uint32(), random.uint32(), random.uint32(), random.uint32(), random.uint32()];
    expect(first).toEqual([3499211612, 581869302, 3890346734, 3586334585, 545404204]);
  });

  it('gives 4123659995 as the 10,000th, as the C++ standard says', () => {
    const random = new NumpyRandom(5489);
    for (let i = 1; i < 10_000; i++) random.uint32();
    expect(random.uint32()).toBe(4123659995);
  });

  it.each([-1, 0.5, 2 ** 32, NaN])('refuses seed %p', (seed) => {
    expect(() => new NumpyRandom(seed)).toThrow(
      `NumpyRandom: expected the seed to be an integer from 0 to 2^32 - 1, but got ${seed}.`,
    );
  });
});
