import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { hammingDistance } from './hammingDistance.js';
import { packCodes } from './packCodes.js';
import { popcount } from './popcount.js';

describe('popcount', () => {
  it('counts ones', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 32 - 1 }), (word) => {
        expect(popcount(word)).toBe([...word.toString(2)].filter((digit) => digit === '1').length);
        expect(popcount(word | 0)).toBe(popcount(word));
      }),
    );
    expect([0, 0xffffffff, 0x80000000, -1].map(popcount)).toEqual([0, 32, 1, 32]);
  });
});

describe('hammingDistance', () => {
  it('is (bits - inner product of signs) / 2', () => {
    const pair = fc
      .integer({ min: 1, max: 150 })
      .chain((bits) =>
        fc.tuple(...[0, 1].map(() => fc.array(fc.constantFrom(-1, 1), { minLength: bits, maxLength: bits }))),
      );
    fc.assert(
      fc.property(pair, ([x, y]) => {
        const bits = x!.length;
        const a = packCodes([...y!, ...x!], 2, bits);
        const b = packCodes(y!, 1, bits);
        const product = x!.reduce((sum, value, i) => sum + value * y![i]!, 0);
        expect(hammingDistance(a, 1, b, 0)).toBe((bits - product) / 2);
        expect(hammingDistance(a, 0, b, 0)).toBe(0);
      }),
    );
  });

  it('refuses codes of different lengths and places that are not there', () => {
    const a = packCodes([1, 1], 2, 1);
    const b = packCodes([1, 1], 1, 2);
    expect(() => hammingDistance(a, 0, b, 0)).toThrow(
      'hammingDistance: expected codes of the same length, but got 1 and 2 bits.',
    );
    expect(() => hammingDistance(a, 2, a, 0)).toThrow(
      'hammingDistance: expected a position from 0 to 1, but got 2.',
    );
    expect(() => hammingDistance(a, 0, a, -1)).toThrow(
      'hammingDistance: expected a position from 0 to 1, but got -1.',
    );
  });
});
