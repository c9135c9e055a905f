import { describe, expect, it } from '@jest/globals';
import { gilbertVarshamovDistance } from './gilbertVarshamovDistance.js';
import { leastDistance } from './hashCenters.js';
import { semanticHashCenters } from './semanticHashCenters.js';
import { centersOf, groupedSimilarity, similarityOf, vectors, wordsOf } from './vectors.testing.js';

describe('semanticHashCenters', () => {
  it.each(vectors.placed)('finds the centres of the oracle: $name', (oracle) => {
    const { similarity, start, bits, minDistance, cycles, variant } = oracle;
    const options = { bits, minDistance, cycles, variant, step: 0.5, init: centersOf(start) };
    const found = semanticHashCenters({ similarity: similarityOf(similarity), ...options });
    expect(wordsOf(found.centers)).toEqual(oracle.centers);
    oracle.losses.forEach((loss, cycle) => expect(found.losses[cycle]).toBeCloseTo(loss, 9));
    expect(found.end.loss).toBeCloseTo(Math.min(...oracle.losses), 9);
    expect(found.end.leastDistance).toBeGreaterThanOrEqual(minDistance);
  });

  it.each([80, 100, 196].flatMap((classes) => [16, 32, 64].map((bits) => ({ classes, bits }))))(
    "keeps the paper's distance and lowers the loss: $classes classes, $bits bits",
    ({ classes, bits }) => {
      const { centers, start, end } = semanticHashCenters({
        similarity: groupedSimilarity(classes),
        bits,
        cycles: 4,
      });
      expect(centers.data.every((value) => Math.abs(value) === 1)).toBe(true);
      expect(leastDistance(centers)).toBeGreaterThanOrEqual(gilbertVarshamovDistance(bits, classes));
      expect(end.loss).toBeLessThan(start.loss);
    },
  );

  it('freezes, as the paper puts it, where the program does not', () => {
    const options = { similarity: groupedSimilarity(100), bits: 32, cycles: 5 };
    const [paper, official] = (['paper', 'official'] as const).map((variant) =>
      semanticHashCenters({ ...options, variant }),
    );
    expect(paper!.end.loss).toBeGreaterThan(0.99 * paper!.start.loss);
    expect(official!.end.loss).toBeLessThan(0.9 * official!.start.loss);
  });

  it('gives the same centres for the same seed, and others for another', () => {
    const find = (seed: number) =>
      wordsOf(semanticHashCenters({ similarity: groupedSimilarity(10), bits: 16, seed, cycles: 3 }).centers);
    expect(find(1)).toEqual(find(1));
    expect(find(1)).not.toEqual(find(2));
  });

  it('ends with a descent on request', () => {
    const options = { similarity: groupedSimilarity(20), bits: 16, cycles: 3 };
    const [plain, descended] = [false, true].map((descend) => semanticHashCenters({ ...options, descend }));
    expect(descended!.end.loss).toBeLessThan(plain!.end.loss);
    expect(descended!.end.leastDistance).toBeGreaterThanOrEqual(descended!.minDistance);
  });

  it('places two classes', () => {
    const similarity = similarityOf([[1, -1], [-1, 1]]); // prettier-ignore
    const { centers, minDistance } = semanticHashCenters({ similarity, bits: 8 });
    expect(minDistance).toBe(5);
    expect(leastDistance(centers)).toBeGreaterThanOrEqual(5);
  });

  it('says what it reached, where the distance cannot be', () => {
    const similarity = groupedSimilarity(3);
    expect(() => semanticHashCenters({ similarity, bits: 4 })).toThrow(
      "startCenters: expected 3 centres of 4 bits at distances of at least 3, but init 'greedy' found only 2 of them. " +
        'Take more bits, a smaller minDistance, or another init.',
    );
    expect(() => semanticHashCenters({ similarity, bits: 4, init: 'hadamard' })).toThrow(
      "startCenters: expected 3 centres of 4 bits at distances of at least 3, but init 'hadamard' reached 2.",
    );
  });

  it('refuses a similarity or first centres that do not fit', () => {
    const similarity = groupedSimilarity(3);
    const find = (words: readonly string[]) =>
      semanticHashCenters({ similarity, bits: 4, minDistance: 2, init: centersOf(words) });
    expect(() => find(['0000', '0011'])).toThrow(
      'semanticHashCenters: expected first centres of 3 classes and 4 bits, but got 2 and 4.',
    );
    expect(() => find(['0000', '0011', '0001'])).toThrow(
      'semanticHashCenters: expected first centres at distances of at least 2, but got 1.',
    );
    const zero = { ...centersOf(['0000', '0011', '1111']), data: new Int8Array(12) };
    expect(() => semanticHashCenters({ similarity, bits: 4, init: zero })).toThrow(
      'semanticHashCenters: expected -1 or 1 at class 0, bit 0, but got 0.',
    );
    const nothing = { classes: 3, data: Float64Array.from([1, 0, 0, 0, 1, NaN, 0, 0, 1]) };
    expect(() => semanticHashCenters({ similarity: nothing, bits: 8 })).toThrow(
      'semanticHashCenters: expected the similarity of classes 1 and 2 to be finite, but got NaN.',
    );
    expect(() =>
      semanticHashCenters({ similarity: { ...nothing, data: new Float64Array(6) }, bits: 8 }),
    ).toThrow(
      'semanticHashCenters: expected a similarity of classes x classes values, but got 6 for 3 classes.',
    );
  });
});
