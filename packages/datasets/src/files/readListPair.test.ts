import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset } from '../catalogue/createDataset.js';

const root = temporaryFolder(beforeEach, afterEach);
beforeEach(() => {
  mkdirSync(root.join('nuswide_21'));
  list('train', ['a b.jpg', 'c.jpg'], ['1 0 0', '0 1 1']);
  list('test', ['d.jpg'], ['0 0 0']);
  list('database', ['c.jpg'], ['0 1 1']);
});

function list(name: string, images: readonly string[], labels: readonly string[]): void {
  const write = (end: string, lines: readonly string[]) =>
    writeFileSync(root.join(`nuswide_21/${name}_${end}.txt`), lines.map((line) => `${line}\r\n`).join(''));
  write('img', images);
  write('label_onehot', labels);
}

const open = () => createDataset('nuswide_21', { root: root.path });

it('takes lists of images and of labels, in two files', async () => {
  const { train, query, classes, split } = await open();
  expect(classes).toHaveLength(3);
  expect([...train.labels.words]).toEqual([0b001, 0b110]);
  expect([...query.labels.words]).toEqual([0]);
  expect(split.parts).toEqual({ train: [0, 1], query: [2], database: [1] });
});

it.each([
  [
    ['a.jpg'],
    ['1 0 0', '0 1 0'],
    'train_label_onehot.txt: expected 1 lines, as many as TRAIN has, but found more.',
  ],
  [['a.jpg', 'b.jpg'], ['1 0 0'], 'train_label_onehot.txt:2: expected labels of TRAIN:2, but it ends.'],
  [['a.jpg'], ['1 2 0'], 'train_label_onehot.txt:1: expected 0 or 1 as label 2, but found 2.'],
  [['a.jpg'], ['7'], 'train_label_onehot.txt:1: expected 0 or 1 for each class, but found "7".'],
  [
    ['a.jpg', '../b.jpg'],
    ['1 0 0', '1 0 0'],
    'train_img.txt:2: expected a path inside the folder of the data set, but found ../b.jpg.',
  ],
  [
    ['a.jpg', ''],
    ['1 0 0', '1 0 0'],
    'train_img.txt:2: expected the path of an image, but the line is empty.',
  ],
  [[], [], 'train_img.txt: expected a line for each image, but it is empty.'],
])('names the line: %j with %j', async (images, labels, message) => {
  list('train', images, labels);
  const folder = root.join('nuswide_21');
  await expect(open()).rejects.toThrow(`${folder}/${message.replace('TRAIN', `${folder}/train_img.txt`)}`);
});

it('names labels that are missing', async () => {
  const labels = root.join('nuswide_21/train_label_onehot.txt');
  rmSync(labels);
  await expect(open()).rejects.toThrow(
    `${labels}: expected the labels of ${root.path}/nuswide_21/train_img.txt, but there is no such file.`,
  );
});
