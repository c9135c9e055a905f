import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset } from '../catalogue/createDataset.js';
import { buildDataset } from './buildDataset.js';
import { NUSWIDE_21 } from './nuswideRelease.js';

const root = temporaryFolder(beforeEach, afterEach);
let from: string;
let to: string;
beforeEach(() => {
  from = root.join('release');
  to = root.join('built');
});

function put(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(from, path)), { recursive: true });
    writeFileSync(join(from, path), text);
  }
}

const written = (name: string) => readFileSync(join(to, name), 'utf8');

describe('NUS-WIDE', () => {
  beforeEach(() => {
    put({
      'ImageList/Imagelist.txt': 'actor\\0001_11.jpg\r\nactor\\0002_22.jpg\r\nsky\\0003_33.jpg\r\n',
      'NUS_WID_Tags/All_Tags.txt': '11      dog  park \n22\n33  blue sky\n',
      'Flickr/actor/0001_11.jpg': '',
    });
    for (const concept of NUSWIDE_21) {
      const flags = { animal: '1\n0\n0\n', sky: '0\n0\n1\n', clouds: '1\n0\n1\n' }[concept] ?? '0\n0\n0\n';
      put({ [`Groundtruth/AllLabels/Labels_${concept}.txt`]: flags });
    }
  });

  it('drops images without a concept, and gives lists that createDataset reads', async () => {
    const { counts, classes } = await buildDataset('nuswide_21', { from, to });
    expect({ counts, classes }).toEqual({ counts: { train: 2, query: 0, database: 2 }, classes: 21 });
    const flags = (...concepts: readonly string[]) =>
      NUSWIDE_21.map((concept) => (concepts.includes(concept) ? 1 : 0)).join(' ');
    expect(written('database.txt')).toBe(
      `Flickr/actor/0001_11.jpg ${flags('animal', 'clouds')}\nFlickr/sky/0003_33.jpg ${flags('clouds', 'sky')}\n`,
    );
    expect(JSON.parse(written('built.json'))).toEqual({
      dataset: 'nuswide_21',
      seed: 0,
      images: '../release',
      counts,
    });
  });

  it('takes tags by the number of the photograph, never by the line; images without tags say 123456', async () => {
    put({ 'Groundtruth/AllLabels/Labels_sky.txt': '0\n1\n1\n' });
    await buildDataset('nuswide-tags', { from, to });
    expect(
      written('manifest.jsonl')
        .split('\n')
        .map((line) => line && (JSON.parse(line) as object)),
    ).toEqual([
      { image: 'Flickr/actor/0001_11.jpg', text: ['dog park'], labels: ['animal', 'clouds'] },
      { image: 'Flickr/actor/0002_22.jpg', text: ['123456'], labels: ['sky'] },
      { image: 'Flickr/sky/0003_33.jpg', text: ['blue sky'], labels: ['clouds', 'sky'] },
      '',
    ]);
    put({ 'NUS_WID_Tags/All_Tags.txt': '22\n11 dog\n33 sky\n' });
    await expect(buildDataset('nuswide-tags', { from, to })).rejects.toThrow(
      `${from}/NUS_WID_Tags/All_Tags.txt:1: expected the tags of actor/0001_11.jpg, but found those of 22.`,
    );
  });

  it('names the file of a concept that does not fit, and writes nothing', async () => {
    put({ 'Groundtruth/AllLabels/Labels_sky.txt': '0\n1\n' });
    await expect(buildDataset('nuswide_21', { from, to })).rejects.toThrow(
      `${from}/Groundtruth/AllLabels/Labels_sky.txt: expected 3 lines, as ${from}/ImageList/Imagelist.txt has, but found 2.`,
    );
    put({ 'Groundtruth/AllLabels/Labels_sky.txt': '0\n2\n1\n' });
    await expect(buildDataset('nuswide_21', { from, to })).rejects.toThrow(
      'Labels_sky.txt:2: expected 0 or 1, but found "2".',
    );
    rmSync(join(from, 'Groundtruth/AllLabels/Labels_lake.txt'));
    await expect(buildDataset('nuswide_21', { from, to })).rejects.toThrow(
      `${from}: expected Groundtruth/AllLabels/Labels_lake.txt or AllLabels/Labels_lake.txt or Labels_lake.txt, but there is none.`,
    );
    expect(existsSync(to)).toBe(false);
  });
});

describe('MS COCO', () => {
  const instances = (part: number) =>
    JSON.stringify({
      info: { description: 'COCO' },
      images: [1, 2].map((i) => ({ id: part * 10 + i, file_name: `${part}${i}.jpg` })),
      annotations: [
        { id: 1, image_id: part * 10 + 1, category_id: 90, segmentation: [[1, 2.5, 3]], bbox: [0, 0, 1, 1] },
        { id: 2, image_id: part * 10 + 1, category_id: 1, segmentation: { counts: [3], size: [1, 1] } },
        { id: 3, image_id: part * 10 + 1, category_id: 90 },
      ],
      categories: [
        { supercategory: 'indoor', id: 90, name: 'toothbrush' },
        { supercategory: 'person', id: 1, name: 'person' },
      ],
    });
  const captions = (part: number) =>
    JSON.stringify({
      images: [1, 2].map((i) => ({ id: part * 10 + i, file_name: `${part}${i}.jpg` })),
      annotations: ['A man. ', 'Teeth'].map((caption, id) => ({ id, image_id: part * 10 + 1, caption })),
    });

  it('keeps images with a category and all their captions; createDataset opens them', async () => {
    for (const [part, name] of ['train', 'val'].entries())
      put({
        [`annotations/instances_${name}2017.json`]: instances(part),
        [`annotations/captions_${name}2017.json`]: captions(part),
        [`${name}2017/${part}1.jpg`]: '',
      });
    await buildDataset('coco-captions', { from, to: root.join('coco-captions') });
    const options = { query: 1, train: 1, splitSeed: 0 };
    const dataset = await createDataset('coco-captions', { root: root.path, options });
    expect(dataset.classes).toEqual(['person', 'toothbrush']);
    expect([...dataset.query.labels.words, ...dataset.train.labels.words]).toEqual([3, 3]);
    for await (const { texts } of dataset.query.batches({ batchSize: 1, views: [] }))
      expect(texts).toEqual(['A man.']);
    await expect(buildDataset('coco', { from, to })).rejects.toThrow(
      'expected at least 15001 images to cut a split of, but found 2.',
    );
  });

  it('names a file that is cut short or no JSON', async () => {
    put({ 'annotations/instances_train2014.json': instances(0).slice(0, -9) });
    const path = join(from, 'annotations/instances_train2014.json');
    await expect(buildDataset('coco', { from, to })).rejects.toThrow(
      `${path}: expected the JSON to be complete, but it ends at byte ${instances(0).length - 9}.`,
    );
    put({ 'annotations/instances_train2014.json': '{"images": [1, nought]}' });
    await expect(buildDataset('coco', { from, to })).rejects.toThrow(
      `${path}: near byte 0: expected JSON, but: `,
    );
  });
});

describe('MIRFlickr', () => {
  beforeEach(() => {
    for (const i of [1, 2, 3, 10])
      put({ [`mirflickr/im${i}.jpg`]: '', [`mirflickr/meta/tags/tags${i}.txt`]: `tag${i}\nb\n` });
    put({
      'mirflickr25k_annotations_v080/animals.txt': '1\r\n10\r\n',
      'mirflickr25k_annotations_v080/animals_r1.txt': '10\r\n',
      'mirflickr25k_annotations_v080/baby.txt': '2\n10\n',
      'mirflickr25k_annotations_v080/README.txt': 'not a label',
    });
  });

  it('has tags of images with a label, in the order of their numbers as text, labels without _r1', async () => {
    const { classes } = await buildDataset('mirflickr-tags', { from, to });
    expect(classes).toBe(2);
    expect(written('classes.txt')).toBe('animals\nbaby\n');
    const lines = written('manifest.jsonl').trim().split('\n');
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      { image: 'mirflickr/im1.jpg', text: ['tag1 b'], labels: ['animals'] },
      { image: 'mirflickr/im10.jpg', text: ['tag10 b'], labels: ['animals', 'baby'] },
      { image: 'mirflickr/im2.jpg', text: ['tag2 b'], labels: ['baby'] },
    ]);
  });

  it('names a number that no image has', async () => {
    put({ 'mirflickr25k_annotations_v080/baby.txt': '2\n4\n' });
    await expect(buildDataset('mirflickr', { from, to })).rejects.toThrow(
      `${from}/mirflickr25k_annotations_v080/baby.txt:2: expected the number of an image that is there, but found 4.`,
    );
  });
});

describe('NABirds and Stanford Cars', () => {
  it('NABirds-A is the official split, classes in the order of their folders', async () => {
    put({
      'images.txt': 'aaa-1 0817/x.jpg\nbbb-2 0003/y.jpg\nccc-3 0817/z.jpg\n',
      'image_class_labels.txt': 'aaa-1 817\nbbb-2 3\nccc-3 817\n',
      'train_test_split.txt': 'aaa-1 1\nbbb-2 1\nccc-3 0\n',
      'classes.txt': '0 Birds\n3 Oak Titmouse\n817 Common Eider (Adult male)\n',
    });
    expect((await buildDataset('nabirds-a', { from, to: root.join('nabirds-a') })).counts).toEqual({
      train: 2,
      query: 1,
    });
    to = root.join('nabirds-a');
    expect(written('train.txt')).toBe('0817/x.jpg\t1\n0003/y.jpg\t0\n');
    const { classes, split } = await createDataset('nabirds-a', { root: root.path });
    expect(classes).toEqual(['Oak Titmouse', 'Common Eider (Adult male)']);
    expect(split.parts['query']).toEqual([2]);
    put({ 'image_class_labels.txt': 'aaa-1 817\nbbb-2 4\nccc-3 817\n' });
    await expect(buildDataset('nabirds-a', { from, to })).rejects.toThrow(
      `${from}/image_class_labels.txt: expected the class of bbb-2, which has a folder of images, but found 4.`,
    );
  });

  it('Cars-B cuts the official parts anew', async () => {
    const lines = (n: number, start: number) =>
      Array.from({ length: n }, (_, i) => `car_ims/${start + i}.jpg\t0\n`).join('');
    put({ 'train.txt': lines(25, 0), 'test.txt': lines(30, 25) });
    expect((await buildDataset('cars-b', { from, to, seed: 3 })).counts).toEqual({
      query: 10,
      train: 30,
      database: 15,
    });
    expect(written('test.txt')).toMatch(/^(car_ims\/\d+\.jpg\t0\n){10}$/);
  });
});

describe('whatever happens', () => {
  beforeEach(() => {
    put({ 'train.txt': 'car_ims/1.jpg\t0\n', 'test.txt': 'car_ims/2.jpg\t0\n' });
  });

  it('tells how much it has read, and ends at a signal without writing', async () => {
    put({ 'images.txt': 'a 0817/x.jpg\n' });
    const controller = new AbortController();
    const read: number[] = [];
    const onProgress = (bytes: number) => {
      read.push(bytes);
      controller.abort();
    };
    const { signal } = controller;
    await expect(buildDataset('nabirds-a', { from, to, signal, onProgress })).rejects.toMatchObject({
      name: 'AbortError',
    });
    expect(read).toEqual(['a 0817/x.jpg\n'.length]);
    expect(existsSync(to)).toBe(false);
  });

  it('leaves what was built before where it cannot write all', async () => {
    await buildDataset('cars-a', { from, to });
    const files = ['built.json', 'classes.txt', 'test.txt', 'train.txt'];
    const before = files.map(written);
    put({ 'train.txt': 'car_ims/3.jpg\t0\n' });
    mkdirSync(join(to, '.building/test.txt'), { recursive: true });
    await expect(buildDataset('cars-a', { from, to })).rejects.toThrow(`${to}/.building/test.txt`);
    expect(readdirSync(to).sort()).toEqual(files);
    expect(files.map(written)).toEqual(before);
    await buildDataset('cars-a', { from, to });
    expect(written('train.txt')).toBe('car_ims/3.jpg\t0\n');
  });

  it('refuses paths that a list cannot hold', async () => {
    put({ 'images.txt': 'a 0817/x y.jpg\n', 'image_class_labels.txt': 'a 817\n' });
    put({ 'train_test_split.txt': 'a 1\n', 'classes.txt': '817 Oak Titmouse\n' });
    await expect(buildDataset('nabirds-a', { from, to })).rejects.toThrow(
      `${from}/images/0817/x y.jpg: expected a path without blanks, which end it in a list.`,
    );
  });
});

it('refuses an unknown data set, and a folder with lists of somebody else', async () => {
  await expect(buildDataset('cifar10', { from, to })).rejects.toThrow(
    'buildDataset: expected one of nuswide_21, nuswide_10,',
  );
  put({ 'train.txt': 'a.jpg\t0\n'.repeat(50), 'test.txt': 'b.jpg\t0\n' });
  await expect(buildDataset('cars-b', { from, to: from })).rejects.toThrow(
    `${from}/train.txt: expected a folder without lists of somebody else; name another by --to.`,
  );
});
