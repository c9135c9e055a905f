import { expect, it } from '@jest/globals';
import { centerStatistics } from './centerStatistics.js';
import { flipDescent } from './flipDescent.js';
import { runSteps } from './steps.js';
import { centersOf, similarityOf, vectors, wordsOf } from './vectors.testing.js';

const { similarity, start, minDistance, centers, loss } = vectors.descent;

it('ends where the oracle does, and leaves the start as it was', () => {
  const first = centersOf(start);
  const end = runSteps(flipDescent(first, similarityOf(similarity), minDistance));
  expect(wordsOf(end)).toEqual(centers);
  expect(centerStatistics(end, similarityOf(similarity))).toMatchObject({ leastDistance: 4 });
  expect(centerStatistics(end, similarityOf(similarity)).loss).toBeCloseTo(loss, 9);
  expect(wordsOf(first)).toEqual(start);
});
