import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset } from '../catalogue/createDataset.js';

const root = temporaryFolder(beforeEach, afterEach);

function put(...paths: readonly string[]): void {
  for (const path of paths) {
    mkdirSync(dirname(root.join(path)), { recursive: true });
    writeFileSync(root.join(path), '');
  }
}

const open = (options: object = {}) =>
  createDataset('folder', { root: root.path, options: { folder: '.', ...options } });

describe('a folder for each class', () => {
  it('is cut per class, as NumPy permutes', async () => {
    put(...['b/1.jpg', 'b/2.jpg', 'b/3.png', 'a/x/1.jpg', 'a/2.webp', 'a/3.bmp']);
    put('a/._2.jpg', 'a/notes.txt', '.cache/1.jpg');
    const { classes, split, train } = await open();
    expect(classes).toEqual(['a', 'b']);
    // np.random.seed(0): permutation(3) is [2, 1, 0], then [2, 0, 1].
    expect(split.parts).toMatchObject({ query: [2, 5], train: [1, 0, 3, 4] });
    expect([...split.parts['database']!].sort()).toEqual([0, 1, 3, 4]);
    expect([...train.labels.words]).toEqual([1, 1, 2, 2]);
    expect((await open({ query: 1, train: 1 })).split.parts['train']).toEqual([1, 3]);
  });

  it('has the classes of train, whatever the order and gaps of the others', async () => {
    put('train/cat/1.jpg', 'train/dog/1.jpg', 'query/dog/2.jpg');
    const { classes, query, database, split } = await open();
    expect(classes).toEqual(['cat', 'dog']);
    expect([...query.labels.words]).toEqual([0b10]);
    expect(database.length).toBe(2);
    expect(split).toMatchObject({ seed: null, parts: { train: [0, 1], query: [2], database: [0, 1] } });
    put('database/dog/3.jpg');
    expect((await open()).split.parts['database']).toEqual([3]);
    put('query/cow/1.jpg');
    await expect(open()).rejects.toThrow(
      `${root.path}/query/cow: expected a class of train, but it has none of that name.`,
    );
  });

  it('says what is missing', async () => {
    await expect(open({ folder: 'absent' })).rejects.toThrow(
      `${root.path}/absent: expected a folder of images, but there is none.`,
    );
    await expect(open()).rejects.toThrow(
      `${root.path}: expected images in folders named as their classes, but found none.`,
    );
    put('a/1.jpg');
    await expect(open()).rejects.toThrow(
      `${root.path}/a: expected at least 2 images, so that some are queries and others are searched, but found 1.`,
    );
    put('train/a/1.jpg');
    await expect(open()).rejects.toThrow(
      `${root.path}: expected a folder query, test or val beside train, but there is none.`,
    );
  });
});
