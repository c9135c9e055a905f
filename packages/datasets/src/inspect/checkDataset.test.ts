import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { checkDataset } from './checkDataset.js';

const picture = fileURLToPath(new URL('../../fixtures/images/rgb.png', import.meta.url));

const root = temporaryFolder(beforeEach, afterEach);
let folder: string;
beforeEach(() => {
  folder = root.join('coco');
  mkdirSync(folder);
  for (const name of ['a', 'b', 'c', 'd']) copyFileSync(picture, join(folder, `${name}.png`));
  list('train', 'a.png 1 0', 'b.png 0 1');
  list('test', 'c.png 1 1');
  list('database', 'a.png 1 0', 'b.png 0 1', 'd.png 0 1');
});

function list(name: string, ...lines: readonly string[]): void {
  writeFileSync(join(folder, `${name}.txt`), `${lines.join('\n')}\n`);
}

describe('checkDataset', () => {
  it('counts a good data set beside what is published, and decodes every image', async () => {
    const progress: number[] = [];
    const onProgress = (done: number) => void progress.push(done);
    expect(await checkDataset('coco', { root: root.path, onProgress })).toEqual({
      name: 'coco',
      problems: [],
      notes: [],
      more: 0,
      counts: { classes: 2, query: 1, train: 2, database: 3 },
      published: { classes: 80, query: 5000, train: 10_000, database: 117_218 },
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
      images: 4,
    });
    expect(progress).toEqual([1, 2, 3, 4]);
  });

  it('gathers all that is wrong: lines, labels, overlap, missing and damaged images; and duplicates', async () => {
    list('train', 'a.png 1 0', 'b.png 0 1', 'b.png 0 1', 'd.png 1', '../e.png 1 0', 'f.png 1 0');
    list('database', 'a.png 0 0', 'b.png 0 1', 'c.png 1 1', 'd.png 0 1');
    writeFileSync(join(folder, 'd.png'), 'no image');
    const expected = [
      `${folder}/train.txt:4: expected 2 labels as at ${folder}/train.txt:1, but found 1.`,
      `${folder}/train.txt:5: expected a path inside the folder of the data set, but found ../e.png.`,
      `${folder}/database.txt:1: expected the labels that a.png has at ${folder}/train.txt:1, but found others.`,
      `${folder}/database.txt:3: expected no image that is also a query, but found c.png.`,
      `${folder}/f.png: expected an image, but there is no such file.`,
      expect.stringContaining(`${folder}/d.png: `),
    ];
    const { problems, notes } = await checkDataset('coco', { root: root.path, workers: 1 });
    expect([...problems].sort()).toEqual(expect.arrayContaining(expected));
    expect(problems).toHaveLength(expected.length);
    expect(notes).toEqual([`${folder}/train.txt:3: the list names b.png a second time.`]);
    const quick = await checkDataset('coco', { root: root.path, decode: false });
    expect(quick.problems).toHaveLength(expected.length - 1);
  });

  it('says what keeps a data set from being opened, and keeps no more messages than can be read', async () => {
    rmSync(join(folder, 'test.txt'));
    const { problems, counts } = await checkDataset('coco', { root: root.path });
    expect(problems).toEqual([`${folder}: expected test.txt or test_img.txt of "coco", but there is none.`]);
    expect(counts).toBeUndefined();
    list('test', 'c.png 1 1', ...Array.from({ length: 130 }, () => 'c.png 1'));
    const many = await checkDataset('coco', { root: root.path });
    expect([many.problems.length, many.more]).toEqual([100, 30]);
  });

  it('can be stopped', async () => {
    const controller = new AbortController();
    const onProgress = (done: number) => done === 2 && controller.abort();
    const options = { root: root.path, signal: controller.signal, onProgress: onProgress as () => void };
    await expect(checkDataset('coco', options)).rejects.toThrow('This operation was aborted');
  });
});
