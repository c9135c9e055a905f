import { expect, it } from '@jest/globals';
import { centerStatistics } from './centerStatistics.js';
import { centersOf, similarityOf } from './vectors.testing.js';

it('counts pairs of different classes', () => {
  const similarity = similarityOf([[1, 0.5, -0.5], [0.5, 1, -0.25], [-0.5, -0.25, 1]]); // prettier-ignore
  // Inner products / 4: 0.5, -0.5, 0; so only the pair of the last two is off, by 0.25, twice.
  expect(centerStatistics(centersOf(['1011', '1010', '1100']), similarity)).toEqual({
    classes: 3,
    bits: 4,
    leastDistance: 1,
    greatestDistance: 3,
    meanDistance: 2,
    varianceOfDistance: 2 / 3,
    pairsAtLeastDistance: 1,
    loss: (2 * 0.25 ** 2) / 9,
  });
});
