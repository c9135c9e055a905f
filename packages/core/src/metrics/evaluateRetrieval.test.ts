import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { labelsFromClassIds } from '../codes/labelsFromClassIds.js';
import { randomCodes } from '../codes/randomCodes.js';
import { selectCodes } from '../codes/selectCodes.js';
import { selectLabels } from '../codes/selectLabels.js';
import { Rng } from '../random/rng.js';
import { evaluateRetrieval } from './evaluateRetrieval.js';
import type { MetricChoice } from './measures.js';
import { close, packed, type Rows, values } from './plainRetrieval.testing.js';
import type { RetrievalData } from './retrievalRequest.js';

function fixture(name: string): unknown {
  return JSON.parse(readFileSync(new URL(`../../fixtures/${name}.json`, import.meta.url), 'utf8'));
}

describe('evaluateRetrieval against independent values', () => {
  it('mAP@k, precision@N and recall@N of hits in the top k, a query without relevant items', () => {
    const oracle = fixture('retrieval_eval') as {
      input: { database_codes: Rows; query_codes: Rows; database_labels: Rows; query_labels: Rows };
      mAP: Record<string, { mAP_all_queries: number }>;
      mean_precision_at_k: Record<string, number>;
      recall_at_k: Record<string, number[]>;
      mean_precision_hamming_le_2: number;
    };
    const data = packed({
      queryCodes: oracle.input.query_codes,
      databaseCodes: oracle.input.database_codes,
      queryLabels: oracle.input.query_labels,
      databaseLabels: oracle.input.database_labels,
    });
    const at = [1, 2, 3, 6];
    const recall = (n: number) => oracle.recall_at_k[n]!.reduce((a, b) => a + b) / 3;
    const choice = { mapAt: [2, 3, 5, 6], precisionAt: at, recallAt: at, precisionWithin: [2] };
    expect(values(data, choice)).toEqual({
      ...Object.fromEntries(
        choice.mapAt.map((k) => [`mAP@${k} (hits, stable)`, close(oracle.mAP[k]!.mAP_all_queries)]),
      ),
      ...Object.fromEntries(
        at.map((n) => [`precision@${n} (stable)`, close(oracle.mean_precision_at_k[n]!)]),
      ),
      ...Object.fromEntries(at.map((n) => [`recall@${n} (stable)`, close(recall(n))])),
      'precision@H<=2 (mean over queries)': close(oracle.mean_precision_hamming_le_2),
    });
    expect(values(data, {})).toEqual({ 'mAP@all (hits, stable)': close(oracle.mAP['6']!.mAP_all_queries) });
  });

  it('the first k relevant, the textbook, the curve by radius, codes with a bit that is neither', () => {
    const oracle = fixture('evaluation') as {
      query_codes: Rows;
      retrieval_codes: Rows;
      query_labels: Rows;
      retrieval_labels: Rows;
      expected: {
        mAP_k_all: number;
        mAP_first_3_relevant: number;
        mAP_conventional_at5: number;
        precision_at_topN: Record<string, number>;
        PR_hamming_radius: { radius: number[]; precision: number[]; recall: number[] };
      };
      query_without_relevant: { query_codes: Rows; query_labels: Rows; mAP_divided_by_all_queries: number };
    };
    // Sign 0 is half a bit from either sign. Two bits in the place of each sign, 0 as one of each, double all distances.
    const doubled = (codes: Rows) => codes.map((code) => code.flatMap((x) => (x === 0 ? [1, -1] : [x, x])));
    const plain = {
      queryCodes: doubled(oracle.query_codes),
      databaseCodes: doubled(oracle.retrieval_codes),
      queryLabels: oracle.query_labels,
      databaseLabels: oracle.retrieval_labels,
    };
    const { expected } = oracle;
    const all = values(packed(plain), { denominators: ['relevant', 'first k relevant'], mapAt: [3, 'all'] });
    expect(all['mAP@all (relevant, stable)']).toEqual(close(expected.mAP_k_all));
    expect(all['mAP@all (first k relevant, stable)']).toEqual(close(expected.mAP_k_all));
    expect(all['mAP@3 (first k relevant, stable)']).toEqual(close(expected.mAP_first_3_relevant));

    const radii = expected.PR_hamming_radius.radius;
    const within = values(packed(plain), {
      mapAt: [5],
      pooledWithin: radii.map((r) => 2 * r),
      precisionAt: [2, 4, 8],
    });
    expect(within['mAP@5 (hits, stable)']).toEqual(close(expected.mAP_conventional_at5));
    for (const n of [2, 4, 8]) {
      expect(within[`precision@${n} (stable)`]).toEqual(close(expected.precision_at_topN[n]!));
    }
    radii.forEach((radius, i) => {
      // The oracle adds 1e-8 to the divisor.
      const precision = expected.PR_hamming_radius.precision[i]!;
      expect(within[`precision@H<=${2 * radius} (pooled over queries)`]).toBeCloseTo(precision, 7);
      const recall = expected.PR_hamming_radius.recall[i]!;
      expect(within[`recall@H<=${2 * radius} (pooled over queries)`]).toEqual(close(recall));
    });

    const { query_codes, query_labels, mAP_divided_by_all_queries } = oracle.query_without_relevant;
    const withEmpty = packed({ ...plain, queryCodes: doubled(query_codes), queryLabels: query_labels });
    expect(values(withEmpty, {})).toEqual({ 'mAP@all (hits, stable)': close(mAP_divided_by_all_queries) });
    expect(values(withEmpty, { queriesWithoutRelevant: 'leave out' })).toEqual({
      'mAP@all (hits, stable, queries without relevant items left out)': close(
        2 * mAP_divided_by_all_queries,
      ),
    });
  });

  it('the mean over all orders of ties, precision beyond the size of the database', () => {
    const oracle = fixture('evaluation_ties') as {
      query_codes: Rows;
      db_codes: Rows;
      query_labels: Rows;
      db_labels: Rows;
      map_cases: { K: number; mAP_at_K: number; per_query: { tie_mean_over_all_orders: number }[] }[];
      precision_top_R: { R: number; P: number }[];
      other_definitions_at_K3_for_contrast: Record<string, number>[];
    };
    const data = packed({
      queryCodes: oracle.query_codes,
      databaseCodes: oracle.db_codes,
      queryLabels: oracle.query_labels,
      databaseLabels: oracle.db_labels,
    });
    const mapAt = oracle.map_cases.map(({ K }) => K);
    const stable = values(data, { mapAt, precisionAt: oracle.precision_top_R.map(({ R }) => R) });
    const average = values(data, { mapAt, ties: 'average' });
    for (const { K, mAP_at_K, per_query } of oracle.map_cases) {
      expect(stable[`mAP@${K} (hits, stable)`]).toEqual(close(mAP_at_K));
      const mean =
        per_query.reduce((sum, query) => sum + query.tie_mean_over_all_orders, 0) / per_query.length;
      expect(average[`mAP@${K} (hits, average over ties)`]).toEqual(close(mean));
    }
    for (const { R, P } of oracle.precision_top_R)
      expect(stable[`precision@${R} (stable)`]).toEqual(close(P));

    const contrast = (name: string) =>
      oracle.other_definitions_at_K3_for_contrast.reduce((sum, query) => sum + query[name]!, 0) / 4;
    expect(values(data, { mapAt: [3], denominators: ['min(k, relevant)', 'first k relevant'] })).toEqual({
      'mAP@3 (min(k, relevant), stable)': close(contrast('NOT_DJSRH_divide_by_min(K,total_relevant)')),
      'mAP@3 (first k relevant, stable)': close(contrast('NOT_DJSRH_first_K_relevant_wherever_they_rank')),
    });
  });
});

describe('evaluateRetrieval', () => {
  const rng = new Rng(7);
  const data: RetrievalData = {
    queryCodes: randomCodes(20, 8, rng),
    databaseCodes: randomCodes(300, 8, rng),
    queryLabels: labelsFromClassIds(
      Array.from({ length: 20 }, () => rng.int(5)),
      5,
    ),
    databaseLabels: labelsFromClassIds(
      Array.from({ length: 300 }, (_, i) => Math.floor(i / 60)),
      5,
    ),
  };

  it('shuffles the database once by the seed', () => {
    const order = new Rng(3).permutation(300);
    const shuffled = {
      ...data,
      databaseCodes: selectCodes(data.databaseCodes, order),
      databaseLabels: selectLabels(data.databaseLabels, order),
    };
    const stable = values(shuffled, { mapAt: [50] })['mAP@50 (hits, stable)'];
    expect(values(data, { mapAt: [50], ties: 'shuffled', seed: 3 })).toEqual({
      'mAP@50 (hits, shuffled by seed 3)': stable,
    });
    expect(values(data, { mapAt: [50] })['mAP@50 (hits, stable)']).not.toBe(stable);
  });

  it('averages over ties to what shuffles give on average', () => {
    const at = { mapAt: [50], precisionAt: [50], recallAt: [50], firstHit: true };
    const expected = evaluateRetrieval({ ...data, ...at, ties: 'average' });
    const sums = expected.map(() => 0);
    for (let seed = 0; seed < 300; seed++) {
      evaluateRetrieval({ ...data, ...at, ties: 'shuffled', seed }).forEach(
        ({ value }, i) => (sums[i]! += value / 300),
      );
    }
    expected.forEach(({ value }, i) => expect(Math.abs(sums[i]! / value - 1)).toBeLessThan(0.01));
  });

  it('refuses data that does not fit together', () => {
    const wrong = (change: Partial<RetrievalData>) => () => evaluateRetrieval({ ...data, ...change });
    expect(wrong({ queryCodes: randomCodes(20, 9, rng) })).toThrow(
      'evaluateRetrieval: expected codes of the same length, but got 9 and 8 bits.',
    );
    expect(wrong({ queryCodes: randomCodes(19, 8, rng) })).toThrow(
      'evaluateRetrieval: expected as many labels as codes of the query, 19, but got 20.',
    );
    expect(wrong({ databaseLabels: labelsFromClassIds([1], 5) })).toThrow(
      'evaluateRetrieval: expected as many labels as codes of the database, 300, but got 1.',
    );
    expect(wrong({ queryLabels: labelsFromClassIds(new Array<number>(20).fill(0), 6) })).toThrow(
      'evaluateRetrieval: expected labels of the same classes, but got 6 and 5.',
    );
    const none = { queryCodes: randomCodes(0, 8, rng), queryLabels: labelsFromClassIds([], 5) };
    expect(wrong(none)).toThrow('evaluateRetrieval: expected at least one code in the query, but got none.');
  });

  it('refuses cut-offs that are no ranks', () => {
    const wrong = (choice: MetricChoice) => () => evaluateRetrieval({ ...data, ...choice });
    expect(wrong({ mapAt: ['all', 0] })).toThrow(
      "evaluateRetrieval: expected mapAt (where not 'all') to be integers of at least 1, but got 0.",
    );
    expect(wrong({ precisionAt: [1.5] })).toThrow(
      'evaluateRetrieval: expected precisionAt to be integers of at least 1, but got 1.5.',
    );
    expect(wrong({ pooledWithin: [-1] })).toThrow(
      'evaluateRetrieval: expected pooledWithin to be integers of at least 0, but got -1.',
    );
  });
});
