import { expect, it } from '@jest/globals';
import { labelsFromMultiHot } from '@hash/core/data';
import { LabelRows } from './labelRows.js';

it('keeps labels as they come, though later ones have more classes', () => {
  const rows = new LabelRows();
  const items = Array.from({ length: 3000 }, (_, i) => (i % 7 === 0 ? [] : [i % 3, 5 + ((i * 13) % 100)]));
  for (const ids of items) rows.add(ids);
  expect([rows.count, rows.classes]).toEqual([3000, 105]);
  const values = items.flatMap((ids) => Array.from({ length: 130 }, (_, id) => Number(ids.includes(id))));
  expect(rows.toLabels(130)).toEqual(labelsFromMultiHot(values, 3000, 130));
});

it('knows equal labels', () => {
  const rows = new LabelRows();
  rows.add([0, 40]);
  rows.add([]);
  expect(rows.equal(0, [40, 0])).toBe(true);
  expect(rows.equal(0, [0])).toBe(false);
  expect(rows.equal(0, [0, 40, 99])).toBe(false);
  expect(rows.equal(1, [])).toBe(true);
});
