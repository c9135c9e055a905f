import { describe, expect, it } from '@jest/globals';
import { labelsFromMultiHot, Rng } from '@hash/core';
import { targetCenters, type LabelRule } from './targetCenters.js';
import { centersOf } from './vectors.testing.js';

const centers = centersOf(['1011', '1000', '0111']);
const labels = labelsFromMultiHot([1, 0, 1, 0, 1, 1], 2, 3);
const targets = (rule: LabelRule, seed = 0) => [...targetCenters(centers, labels, rule, new Rng(seed))];

describe('targetCenters', () => {
  it('are the centres of the first classes', () => {
    expect(targets('first')).toEqual([1, -1, 1, 1, 1, -1, -1, -1]);
  });

  it('are the sign of the vote, and one random word where it is a draw', () => {
    // Sums: 0 0 2 2 and 0 0 0 0.
    const drawn = targets('vote');
    expect(drawn.slice(2, 4)).toEqual([1, 1]);
    expect(drawn.slice(0, 2)).toEqual(drawn.slice(4, 6));
    expect(drawn.every((value) => Math.abs(value) === 1)).toBe(true);
    expect(targets('vote')).toEqual(drawn);
    const words = new Set(Array.from({ length: 20 }, (_, seed) => targets('vote', seed).slice(4).join()));
    expect(words.size).toBeGreaterThan(5);
  });

  it('refuse labels of other classes, and an item without one', () => {
    const find = (values: number[], classes: number) => () =>
      targetCenters(centers, labelsFromMultiHot(values, 1, classes), 'vote', new Rng(0));
    expect(find([1, 0], 2)).toThrow('targetCenters: expected labels of 3 classes, but got 2.');
    expect(find([0, 0, 0], 3)).toThrow('SHC: expected every image to have a class, but item 0 has none.');
  });
});
