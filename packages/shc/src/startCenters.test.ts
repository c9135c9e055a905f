import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core';
import { gilbertVarshamovDistance } from './gilbertVarshamovDistance.js';
import { hadamardCenters } from './hadamardCenters.js';
import { leastDistance } from './hashCenters.js';
import { startCenters, type CenterStart } from './startCenters.js';
import { runSteps } from './steps.js';
import { wordsOf } from './vectors.testing.js';

function find(classes: number, bits: number, init: CenterStart, seed = 0) {
  const minDistance = gilbertVarshamovDistance(bits, classes);
  return runSteps(startCenters({ classes, bits, minDistance, init, rng: new Rng(seed) }));
}

describe('hadamardCenters', () => {
  it("are rows of Sylvester's matrix and their negatives", () => {
    expect(wordsOf(hadamardCenters(6, 4))).toEqual(['1111', '1010', '1100', '1001', '0000', '0101']);
  });

  it.each([
    [8, 16, 8],
    [20, 16, 8],
    [32, 16, 8],
    [100, 64, 32],
  ])('of %i classes and %i bits are %i apart', (classes, bits, distance) => {
    expect(leastDistance(hadamardCenters(classes, bits))).toBe(distance);
  });

  it('refuse sizes that have none', () => {
    expect(() => hadamardCenters(4, 12)).toThrow(
      'hadamardCenters: expected bits to be a power of two, but got 12.',
    );
    expect(() => hadamardCenters(33, 16)).toThrow(
      'hadamardCenters: expected at most 32 classes for 16 bits, but got 33.',
    );
  });
});

describe('startCenters', () => {
  it.each([80, 100, 196, 555].flatMap((classes) => [16, 32, 64].map((bits) => [classes, bits] as const)))(
    "reach the paper's distance greedily: %i classes, %i bits",
    (classes, bits) => {
      const centers = find(classes, bits, 'greedy');
      expect(centers.classes).toBe(classes);
      expect(leastDistance(centers)).toBeGreaterThanOrEqual(gilbertVarshamovDistance(bits, classes));
    },
  );

  it.each([
    [8, 16],
    [20, 16],
    [32, 16],
  ])('by mds leave a Hadamard matrix as it is: %i classes, %i bits', (classes, bits) => {
    expect(wordsOf(find(classes, bits, 'mds'))).toEqual(wordsOf(hadamardCenters(classes, bits)));
  });

  it.each([
    [10, 12],
    [12, 9],
  ])('by mds reach the distance where there is no Hadamard matrix: %i classes, %i bits', (classes, bits) => {
    const centers = find(classes, bits, 'mds');
    expect(leastDistance(centers)).toBeGreaterThanOrEqual(gilbertVarshamovDistance(bits, classes));
    expect(wordsOf(find(classes, bits, 'mds'))).toEqual(wordsOf(centers));
  });
});
