import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { labelsFromMultiHot } from '../codes/labelsFromMultiHot.js';
import { packCodes } from '../codes/packCodes.js';
import { precisionRecallByRadius, precisionRecallByRank } from './precisionRecall.js';

const oracle = JSON.parse(
  readFileSync(new URL('../../fixtures/evaluation_ranks.json', import.meta.url), 'utf8'),
) as Record<'query_codes' | 'db_codes' | 'query_labels' | 'db_labels', number[][]> & {
  PR_by_rank: { precision: number[]; recall: number[] };
};
const data = {
  queryCodes: packCodes(oracle.query_codes.flat(), 3, 4),
  databaseCodes: packCodes(oracle.db_codes.flat(), 6, 4),
  queryLabels: labelsFromMultiHot(oracle.query_labels.flat(), 3, 4),
  databaseLabels: labelsFromMultiHot(oracle.db_labels.flat(), 6, 4),
};

describe('precisionRecallByRank', () => {
  it('is the mean over queries that have a relevant item, when asked to leave the others out', () => {
    const ranks = [1, 2, 3, 4, 5, 6];
    const curve = precisionRecallByRank({ ...data, queriesWithoutRelevant: 'leave out' }, ranks);
    expect(curve.at).toEqual(ranks);
    expect(curve.definition).toBe('stable, queries without relevant items left out');
    curve.precision.forEach((value, i) => expect(value).toBeCloseTo(oracle.PR_by_rank.precision[i]!, 9));
    curve.recall.forEach((value, i) => expect(value).toBeCloseTo(oracle.PR_by_rank.recall[i]!, 9));
  });

  it('counts them as 0 otherwise', () => {
    const curve = precisionRecallByRank(data, [3]);
    expect(curve.definition).toBe('stable');
    expect(curve.precision[0]).toBeCloseTo((2 / 3) * oracle.PR_by_rank.precision[2]!, 9);
  });

  it('may have no points', () => {
    expect(precisionRecallByRank(data, [])).toEqual({
      definition: 'no points',
      at: [],
      precision: [],
      recall: [],
    });
  });
});

describe('precisionRecallByRadius', () => {
  it('pools the queries, from radius 0 to all bits', () => {
    // Distances by hand: query 0 has 1 0 1 2 4 2 (hits: items 0, 2, 4), query 1 has 3 2 1 0 2 4 (hits: 1, 3), query 2
    // has 1 2 3 2 2 2 and no relevant item, so that it counts only as retrieved.
    const curve = precisionRecallByRadius(data);
    expect(curve.at).toEqual([0, 1, 2, 3, 4]);
    expect(curve.definition).toBe('pooled over queries');
    const retrieved = [2, 6, 14, 16, 18];
    const hits = [1, 3, 4, 4, 5];
    hits.forEach((n, radius) => {
      expect(curve.precision[radius]).toBeCloseTo(n / retrieved[radius]!, 12);
      expect(curve.recall[radius]).toBeCloseTo(n / 5, 12);
    });
  });
});
