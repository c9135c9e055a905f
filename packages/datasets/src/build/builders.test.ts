import { describe, expect, it } from '@jest/globals';
import { NumpyRandom } from '../split/numpyRandom.js';
import { BUILDERS } from './builders.js';
import type { Release } from './release.js';
import { splitByQuota } from './splitByQuota.js';

const inOrder = { permutation: (n: number) => Uint32Array.from({ length: n }, (_, i) => i) };

/** Classes of so many images each. */
function releaseOf(sizes: readonly number[]): Release {
  const ids = sizes.flatMap((size, id) => Array.from({ length: size }, () => [id]));
  const classes = sizes.map(String);
  return { images: '/', paths: ids.map((_, i) => `${i}.jpg`), classes, ids };
}

function countPerClass({ ids, classes }: Release, positions: readonly number[]): number[] {
  const counts = classes.map(() => 0);
  for (const position of positions) counts[ids[position]![0]!]!++;
  return counts;
}

describe('splits of releases', () => {
  it('NUS-WIDE: an image goes to the first of its classes that wants it, train before queries', () => {
    const ids = [[0], [0, 1], [0], [0, 1], [1], [0], [1]];
    // Class 0 wants image 0 for train and image 1 as a query, class 1 then 3 for train and 4 as a query.
    expect(splitByQuota(ids, 2, { train: 1, query: 1 }, inOrder)).toEqual({
      train: [0, 3],
      query: [1, 4],
      database: [0, 2, 3, 5, 6],
    });
  });

  it.each([
    ['nuswide_21', 21, 600, { query: 2100, train: 10_500 }],
    ['nuswide_10', 10, 1100, { query: 5000, train: 5000 }],
  ] as const)('%s has as many queries and training images as published', (name, classes, each, counts) => {
    const release = releaseOf(Array.from({ length: classes }, () => each));
    const { query, train, database } = BUILDERS[name]!.cut!(release, new NumpyRandom(0));
    expect({ query: query!.length, train: train!.length }).toEqual(counts);
    expect(database).toHaveLength(classes * each - counts.query);
    expect(train!.every((position) => database!.includes(position))).toBe(true);
  });

  it('NABirds-B: small classes are searched whole, queries too', () => {
    const release = releaseOf([13, 21, 44, 45, 46, 60, 120]);
    const { query, train, database } = BUILDERS['nabirds-b']!.cut!(release, new NumpyRandom(0));
    expect(countPerClass(release, train!)).toEqual([9, 14, 30, 30, 30, 30, 30]);
    expect(countPerClass(release, query!)).toEqual([4, 7, 14, 15, 15, 15, 15]);
    expect(countPerClass(release, database!)).toEqual([13, 21, 44, 45, 1, 15, 75]);
  });

  it('Cars-B: 30 of each class for training, ten queries but for the class of 48', () => {
    const release = releaseOf([48, 55, 136]);
    const { query, train, database } = BUILDERS['cars-b']!.cut!(release, new NumpyRandom(0));
    expect(countPerClass(release, train!)).toEqual([30, 30, 30]);
    expect(countPerClass(release, query!)).toEqual([8, 10, 10]);
    expect(countPerClass(release, database!)).toEqual([10, 15, 96]);
  });

  it.each([
    ['coco', 122_218, { query: 5000, train: 10_000, database: 117_218 }],
    ['mirflickr', 25_000, { query: 1000, train: 4000, database: 20_000 }],
    ['mirflickr_24', 25_000, { query: 2000, train: 5000, database: 23_000 }],
  ] as const)('%s has the published counts', (name, images, counts) => {
    const parts = BUILDERS[name]!.cut!(releaseOf([images]), new NumpyRandom(1814));
    const found = Object.entries(parts).map(([part, positions]) => [part, positions.length]);
    expect(Object.fromEntries(found)).toEqual(counts);
  });
});
