import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { labelIds } from './labelIds.js';
import { labelsFromClassIds } from './labelsFromClassIds.js';
import { labelsFromMultiHot } from './labelsFromMultiHot.js';
import { multiHot } from './multiHot.js';
import { selectLabels } from './selectLabels.js';
import { sharesLabel } from './sharesLabel.js';

describe('labelsFromClassIds', () => {
  it('sets one bit for each item', () => {
    const labels = labelsFromClassIds([0, 31, 32, 63, 64], 65);
    expect(labels.words).toEqual(Uint32Array.of(1, 0, 0, 2 ** 31, 0, 0, 0, 1, 0, 0, 2 ** 31, 0, 0, 0, 1));
    expect([0, 1, 2, 3, 4].map((i) => labelIds(labels, i))).toEqual([[0], [31], [32], [63], [64]]);
  });

  it('refuses classes that are not there', () => {
    expect(() => labelsFromClassIds([1, 10], 10)).toThrow(
      'labelsFromClassIds: expected a class from 0 to 9, but item 1 has 10.',
    );
    expect(() => labelsFromClassIds([], 0)).toThrow(
      'labelsFromClassIds: expected classes to be an integer of at least 1, but got 0.',
    );
  });
});

describe('labelsFromMultiHot', () => {
  const matrix = fc
    .tuple(fc.integer({ min: 1, max: 70 }), fc.integer({ min: 0, max: 6 }))
    .chain(([classes, count]) =>
      fc.record({
        classes: fc.constant(classes),
        count: fc.constant(count),
        values: fc.array(fc.constantFrom(0, 1), { minLength: classes * count, maxLength: classes * count }),
      }),
    );

  it('is undone by multiHot, and labelIds names the ones', () => {
    fc.assert(
      fc.property(matrix, ({ classes, count, values }) => {
        const labels = labelsFromMultiHot(values, count, classes);
        expect([...multiHot(labels)]).toEqual(values);
        for (let i = 0; i < count; i++) {
          const ids = values
            .slice(i * classes, (i + 1) * classes)
            .flatMap((value, id) => (value ? [id] : []));
          expect(labelIds(labels, i)).toEqual(ids);
        }
      }),
    );
  });

  it('refuses anything but zeros and ones, and sizes that do not fit', () => {
    expect(() => labelsFromMultiHot([1, 0, 0, -1], 2, 2)).toThrow(
      'labelsFromMultiHot: expected 0 or 1 at item 1, class 1, but got -1.',
    );
    expect(() => labelsFromMultiHot([1, 0, 0], 2, 2)).toThrow(
      'labelsFromMultiHot: expected 4 values for 2 items of 2 classes, but got 3.',
    );
  });
});

describe('selectLabels', () => {
  it('takes items in the order asked for', () => {
    const labels = labelsFromClassIds([3, 40, 5], 41);
    expect(selectLabels(labels, [2, 1, 1])).toEqual(labelsFromClassIds([5, 40, 40], 41));
    expect(() => selectLabels(labels, [3])).toThrow('selectLabels: expected an item from 0 to 2, but got 3.');
  });
});

describe('sharesLabel', () => {
  it('is true for a class in common', () => {
    const a = labelsFromMultiHot([1, 1, 0, 0, 0, 0], 2, 3);
    const b = labelsFromMultiHot([0, 1, 1, 0, 0, 1, 0, 0, 0], 3, 3);
    expect([0, 1, 2].map((j) => sharesLabel(a, 0, b, j))).toEqual([true, false, false]);
    expect([0, 1, 2].map((j) => sharesLabel(a, 1, b, j))).toEqual([false, false, false]);
    const high = labelsFromClassIds([31, 63], 64);
    expect(sharesLabel(high, 0, high, 0)).toBe(true);
    expect(sharesLabel(high, 0, high, 1)).toBe(false);
  });

  it('refuses labels of other classes', () => {
    const a = labelsFromClassIds([0], 3);
    expect(() => sharesLabel(a, 0, labelsFromClassIds([0], 4), 0)).toThrow(
      'sharesLabel: expected labels of the same classes, but got 3 and 4.',
    );
    expect(() => sharesLabel(a, 0, a, 1)).toThrow('sharesLabel: expected an item from 0 to 0, but got 1.');
  });
});
