import { describe, expect, it } from '@jest/globals';
import { labelsFromClassIds, labelsFromMultiHot } from '@hash/core';
import { semanticSimilarity, SIMILARITY_VARIANTS } from './semanticSimilarity.js';
import { vectors } from './vectors.testing.js';

const { logits, labels } = vectors.similarity;
const flat = Float64Array.from(logits.flat());
const ids = labelsFromClassIds(labels, 4);

describe('semanticSimilarity', () => {
  it.each(SIMILARITY_VARIANTS)('has the values of the oracle: %s', (variant) => {
    const { classes, data } = semanticSimilarity(flat, ids, variant);
    expect(classes).toBe(4);
    vectors.similarity[variant].flat().forEach((value, at) => expect(data[at]).toBeCloseTo(value, 9));
  });

  it('is recommended by default, and symmetric then', () => {
    const { data } = semanticSimilarity(flat, ids);
    expect(data).toEqual(semanticSimilarity(flat, ids, 'recommended').data);
    expect([data[1], data[2], data[7]]).toEqual([data[4], data[8], data[13]]);
  });

  it('counts an image of several classes as one of the first', () => {
    const multiHot = labels.flatMap((own) => [0, 1, 2, 3].map((c) => (c === own || c === 3 ? 1 : 0)));
    const several = labelsFromMultiHot(multiHot, labels.length, 4);
    expect(semanticSimilarity(flat, several).data).toEqual(semanticSimilarity(flat, ids).data);
  });

  it('is 0 for classes without images, and for scores that are all equal', () => {
    const { data } = semanticSimilarity(new Float32Array(2), labelsFromClassIds([1], 2));
    expect([...data]).toEqual([1, 0.5, 0.5, 1]);
    const official = semanticSimilarity(new Float32Array(0), labelsFromClassIds([], 2), 'official');
    expect([...official.data]).toEqual([1, 0, 0, 1]);
  });

  it('does not overflow', () => {
    const { data } = semanticSimilarity(new Float32Array([5e30, -5e30, 0]), labelsFromClassIds([2], 3));
    expect(data.every(Number.isFinite)).toBe(true);
  });

  it('refuses logits that do not fit, and images without a class', () => {
    expect(() => semanticSimilarity(flat.subarray(1), ids)).toThrow(
      'semanticSimilarity: expected 28 logits for 7 items of 4 classes, but got 27.',
    );
    expect(() => semanticSimilarity(new Float32Array(4), labelsFromMultiHot([1, 0, 0, 0], 2, 2))).toThrow(
      'SHC: expected every image to have a class, but item 1 has none.',
    );
  });
});
