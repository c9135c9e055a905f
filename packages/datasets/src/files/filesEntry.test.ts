import { copyFileSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Samples } from '@hash/core';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset, datasetStatus } from '../catalogue/createDataset.js';

const fixtures = fileURLToPath(new URL('../../fixtures/images', import.meta.url));
const IMAGES = ['rgb.png', 'gray.png', 'baseline.jpg', 'gray.jpg', 'palette.png'];

const root = temporaryFolder(beforeEach, afterEach);
let folder: string;
beforeEach(() => {
  folder = root.join('coco');
  mkdirSync(join(folder, 'images'), { recursive: true });
  for (const name of IMAGES) copyFileSync(join(fixtures, name), join(folder, 'images', name));
  list('train', 'images/rgb.png 1 0 0', 'images/baseline.jpg 0 1 1');
  list('test', 'images/gray.jpg 0 0 1');
  list('database', 'images/rgb.png 1 0 0', 'images/palette.png\t0  1 0', 'images/baseline.jpg 0 1 1');
});

function list(name: string, ...lines: readonly string[]): void {
  writeFileSync(join(folder, `${name}.txt`), lines.map((line) => `${line}\n`).join(''));
}

describe('a data set of list files', () => {
  it('has the images and labels of its lists', async () => {
    const dataset = await createDataset('coco', { root: root.path, seed: 1 });
    expect(dataset.classes).toEqual(['0', '1', '2']);
    expect([...dataset.train.labels.words]).toEqual([0b001, 0b110]);
    expect([...dataset.query.labels.words]).toEqual([0b100]);
    // np.random.seed(1): permutation(3) is [0, 2, 1]; an image has one number in all lists.
    expect(dataset.split.parts).toEqual({ train: [0, 1], query: [2], database: [0, 1, 3] });
    const views = [[{ op: 'resize', size: 8 } as const, { op: 'centerCrop', size: 8 } as const]];
    for (const workers of [0, 1]) {
      const opened = await createDataset('coco', { root: root.path, seed: 1, workers });
      for await (const batch of opened.database.batches({ batchSize: 3, views })) {
        expect(batch.views[0]!.shape).toEqual([3, 8, 8, 3]);
        expect(batch.texts).toBeUndefined();
      }
      await opened.dispose();
    }
  });

  it('takes the names of the classes where there are some', async () => {
    writeFileSync(join(folder, 'classes.txt'), 'person\ndog\ncar\n');
    const { classes } = await createDataset('coco', { root: root.path });
    expect(classes).toEqual(['person', 'dog', 'car']);
  });

  it('may lie anywhere', async () => {
    const options = { folder, query: 'test.txt' };
    const { query } = await createDataset('files', { root: '/elsewhere', options });
    expect(query.length).toBe(1);
  });

  it('says where it looked', async () => {
    await expect(createDataset('nuswide_21', { root: root.path })).rejects.toThrow(
      `createDataset: expected the lists train.txt, test.txt and database.txt of "nuswide_21" in ${root.path}/nuswide_21/data or ${root.path}/nuswide_21, but found none. ` +
        'Each line of a list is the path of an image from there, then 0 or 1 for each class, or the number of its class.',
    );
    await expect(
      createDataset('files', { root: folder, options: { folder: '.', query: 'query.txt' } }),
    ).rejects.toThrow(`${folder}: expected query.txt or query_img.txt of "files", but there is none.`);
    await expect(createDataset('coco')).rejects.toThrow(
      'createDataset: expected root, the folder of the data sets, for "coco", but got none.',
    );
    await expect(datasetStatus('coco', root.path)).resolves.toEqual({ found: true, detail: folder });
    await expect(datasetStatus('nuswide_21', root.path)).resolves.toEqual({
      found: false,
      detail: `put the lists train.txt, test.txt and database.txt into ${root.path}/nuswide_21/data`,
    });
  });

  it.each([
    ['images/a.png 1 0', 'train.txt:2: expected 3 labels as at FOLDER/train.txt:1, but found 2.'],
    ['images/a.png 1 0 2', 'train.txt:2: expected 0 or 1 as label 3, but found 2.'],
    ['images/a.png', 'train.txt:2: expected a path and labels of 0 and 1, but found "images/a.png".'],
    ['', 'train.txt:2: expected a path and labels of 0 and 1, but found "".'],
    ['../a.png 1 0 0', 'train.txt:2: expected a path inside the folder of the data set, but found ../a.png.'],
    ['/a.png 1 0 0', 'train.txt:2: expected a path inside the folder of the data set, but found /a.png.'],
  ])('names the line %p', async (line, message) => {
    list('train', 'images/rgb.png 1 0 0', line, 'images/gray.png 1 0 0');
    await expect(createDataset('coco', { root: root.path })).rejects.toThrow(
      `${folder}/${message.replace('FOLDER', folder)}`,
    );
  });

  it('refuses an empty list', async () => {
    list('train');
    await expect(createDataset('coco', { root: root.path })).rejects.toThrow(
      `${folder}/train.txt: expected a line for each image, but it is empty.`,
    );
  });

  it('refuses lists that do not go together', async () => {
    list('test', 'images/gray.jpg 0 1');
    await expect(createDataset('coco', { root: root.path })).rejects.toThrow(
      `${folder}/test.txt:1: expected 3 labels as at ${folder}/train.txt:1, but found 2.`,
    );
    list('test', 'images/rgb.png 0 0 1');
    await expect(createDataset('coco', { root: root.path })).rejects.toThrow(
      `${folder}/test.txt:1: expected the labels that images/rgb.png has at ${folder}/train.txt:1, but found others.`,
    );
    list('test', 'images/palette.png 0 1 0');
    await expect(createDataset('coco', { root: root.path })).rejects.toThrow(
      `${folder}/database.txt:2: expected no image that is also a query, but found images/palette.png.`,
    );
  });

  it('reads the number of a class where there is one number (Stanford Cars, NABirds)', async () => {
    mkdirSync(root.join('cars-a'));
    writeFileSync(root.join('cars-a/train.txt'), 'car_ims/1.jpg\t0\r\ncar_ims/2.jpg\t195\r\n');
    writeFileSync(root.join('cars-a/test.txt'), 'car_ims/3.jpg\t7');
    const { classes, query, database, split } = await createDataset('cars-a', { root: root.path });
    expect(classes).toHaveLength(196);
    expect([...query.labels.words]).toEqual([0b10000000, 0, 0, 0, 0, 0, 0]);
    expect(database.length).toBe(2);
    expect(split.parts['train']).toEqual([0, 1]);
    const names = Array.from({ length: 197 }, (_, i) => `car ${i}`);
    writeFileSync(root.join('cars-a/classes.txt'), names.join('\n'));
    expect((await createDataset('cars-a', { root: root.path })).classes).toEqual(names);
    writeFileSync(root.join('cars-a/classes.txt'), 'a\nb\n');
    await expect(createDataset('cars-a', { root: root.path })).rejects.toThrow(
      `${root.path}/cars-a/classes.txt: expected at least 196 names, one in each line, but found 2.`,
    );
    writeFileSync(root.join('cars-a/test.txt'), 'car_ims/3.jpg seven');
    await expect(createDataset('cars-a', { root: root.path })).rejects.toThrow(
      `${root.path}/cars-a/test.txt:1: expected the number of a class, from 0, but found seven.`,
    );
  });

  it('lets queries be searched too where the protocol does (NABirds-B)', async () => {
    mkdirSync(root.join('nabirds-b'));
    for (const [file, lines] of [
      ['train', 'a.jpg 0\n'],
      ['test', 'b.jpg 0\n'],
      ['database', 'a.jpg 0\nb.jpg 0\n'],
    ] as const)
      writeFileSync(root.join('nabirds-b', `${file}.txt`), lines);
    const { split } = await createDataset('nabirds-b', { root: root.path });
    expect(split.parts).toEqual({ train: [0], query: [1], database: [1, 0] });
    await expect(
      createDataset('nabirds-b', { root: root.path, options: { overlap: false } }),
    ).rejects.toThrow(
      `${root.path}/nabirds-b/database.txt:2: expected no image that is also a query, but found b.jpg.`,
    );
  });

  it('refuses a query that is trained on', async () => {
    list('test', 'images/rgb.png 1 0 0');
    await expect(createDataset('coco', { root: root.path })).rejects.toThrow(
      `${folder}/test.txt:1: expected a query that is neither trained on nor searched, but found images/rgb.png, which ${folder}/train.txt:1 names.`,
    );
  });

  it('finds images apart from the lists', async () => {
    const { classes } = await createDataset('files', {
      root: root.path,
      options: { folder: 'coco', images: 'coco/images' },
    });
    expect(classes).toHaveLength(3);
  });

  it('names an image that is missing or damaged, from a worker thread too', async () => {
    writeFileSync(join(folder, 'images/gray.jpg'), 'no image');
    rmSync(join(folder, 'images/rgb.png'));
    const views = [[{ op: 'centerCrop', size: 8 } as const]];
    const dataset = await createDataset('coco', { root: root.path, workers: 1 });
    const first = (samples: Samples) =>
      samples.batches({ batchSize: 1, views })[Symbol.asyncIterator]().next();
    await expect(first(dataset.query)).rejects.toThrow(
      `${folder}/images/gray.jpg: expected a JPEG, PNG, WebP or BMP image, but it starts with the bytes 6e6f2069.`,
    );
    await expect(first(dataset.train)).rejects.toThrow(`${folder}/images/rgb.png`);
    await dataset.dispose();
  });
});
