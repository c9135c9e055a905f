import { describe, expect, it } from '@jest/globals';
import { labelsFromClassIds, labelsFromMultiHot } from '@hash/core';
import { sampleQueries } from './sampleQueries.js';

describe('sampleQueries', () => {
  it('takes the first query of each class', () => {
    expect(sampleQueries(labelsFromClassIds([2, 2, 0, 2, 1, 0], 3), 3)).toEqual([0, 2, 4]);
    expect(sampleQueries(labelsFromClassIds([2, 2, 0, 2, 1, 0], 3), 2)).toEqual([0, 2]);
  });

  it('fills up where there are fewer classes than places', () => {
    expect(sampleQueries(labelsFromClassIds([1, 1, 1, 0], 2), 3)).toEqual([0, 1, 3]);
    expect(sampleQueries(labelsFromClassIds([0, 0], 1), 5)).toEqual([0, 1]);
  });

  it('takes items whose classes are all new first, and those without a class last', () => {
    const labels = labelsFromMultiHot([0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1], 4, 3);
    expect(sampleQueries(labels, 2)).toEqual([1, 3]);
    expect(sampleQueries(labels, 3)).toEqual([0, 1, 3]);
  });
});
