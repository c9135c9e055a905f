import { describe, expect, it } from '@jest/globals';
import { gilbertVarshamovDistance } from './gilbertVarshamovDistance.js';
import { vectors } from './vectors.testing.js';

describe('gilbertVarshamovDistance', () => {
  it('has the values of the oracle', () => {
    for (const { bits, classes, distance } of vectors.bound) {
      expect({ bits, classes, distance: gilbertVarshamovDistance(bits, classes) }).toEqual({
        bits,
        classes,
        distance,
      });
    }
  });

  it.each([
    [100, [4, 10, 24]],
    [196, [4, 10, 23]],
    [555, [3, 9, 21]],
    [80, [5, 11, 24]],
  ])("is that of the paper's Table 3 for %i classes", (classes, distances) => {
    expect([16, 32, 64].map((bits) => gilbertVarshamovDistance(bits, classes))).toEqual(distances);
  });

  it('is 7 for 8 words of 16 bits: 2^16 / 8 = 8192 lies between 6885 and 14893', () => {
    expect(gilbertVarshamovDistance(16, 8)).toBe(7);
  });

  it('is exact where floating point is not', () => expect(gilbertVarshamovDistance(53, 2)).toBe(27));

  it.each([
    [0, 8, 'bits to be an integer of at least 1, but got 0.'],
    [16, 1, 'classes to be an integer of at least 2, but got 1.'],
    [16, 2.5, 'classes to be an integer of at least 2, but got 2.5.'],
  ])('refuses %p bits and %p classes', (bits, classes, message) => {
    expect(() => gilbertVarshamovDistance(bits, classes)).toThrow(
      `gilbertVarshamovDistance: expected ${message}`,
    );
  });
});
