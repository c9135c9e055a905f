import { describe, expect, it } from '@jest/globals';
import { hammingDistance } from '../codes/hammingDistance.js';
import { labelsFromClassIds } from '../codes/labelsFromClassIds.js';
import { packCodes } from '../codes/packCodes.js';
import { randomCodes } from '../codes/randomCodes.js';
import { sharesLabel } from '../codes/sharesLabel.js';
import { Rng } from '../random/rng.js';
import { distanceHistogram } from './distanceHistogram.js';

describe('distanceHistogram', () => {
  it('counts pairs by distance, by hand', () => {
    const histogram = distanceHistogram({
      queryCodes: packCodes([1, 1, 1], 1, 3),
      queryLabels: labelsFromClassIds([1], 2),
      databaseCodes: packCodes([1, 1, 1, -1, 1, 1, -1, -1, -1, 1, -1, 1], 4, 3),
      databaseLabels: labelsFromClassIds([1, 1, 0, 0], 2),
    });
    expect([...histogram.relevant]).toEqual([1, 1, 0, 0]);
    expect([...histogram.irrelevant]).toEqual([0, 1, 0, 1]);
  });

  it('is what comparing each pair by itself gives', () => {
    const rng = new Rng(3);
    const [queries, items, bits, classes] = [7, 300, 70, 5];
    const labels = (count: number) =>
      labelsFromClassIds(
        Array.from({ length: count }, () => rng.int(classes)),
        classes,
      );
    const data = {
      queryCodes: randomCodes(queries, bits, rng.fork('q')),
      queryLabels: labels(queries),
      databaseCodes: randomCodes(items, bits, rng.fork('d')),
      databaseLabels: labels(items),
    };
    const expected = { relevant: new Float64Array(bits + 1), irrelevant: new Float64Array(bits + 1) };
    for (let i = 0; i < queries; i++) {
      for (let j = 0; j < items; j++) {
        const kind = sharesLabel(data.queryLabels, i, data.databaseLabels, j) ? 'relevant' : 'irrelevant';
        expected[kind][hammingDistance(data.queryCodes, i, data.databaseCodes, j)]! += 1;
      }
    }
    expect(distanceHistogram(data)).toEqual(expected);
  });

  it('refuses data that do not fit together', () => {
    const codes = packCodes([1, -1], 1, 2);
    const labels = labelsFromClassIds([0], 1);
    expect(() =>
      distanceHistogram({
        queryCodes: codes,
        queryLabels: labels,
        databaseCodes: codes,
        databaseLabels: labelsFromClassIds([0, 0], 1),
      }),
    ).toThrow('evaluateRetrieval: expected as many labels as codes of the database, 1, but got 2.');
  });
});
