import { PassThrough } from 'node:stream';
import { expect, it } from '@jest/globals';
import { IMAGES, showWork } from './workProgress.js';

it('begins a line and takes the pace anew where the work changes', () => {
  const stream = new PassThrough();
  let time = 0;
  const { onProgress } = showWork(stream, () => time, IMAGES);
  for (; time <= 10; time++) onProgress({ label: 'query', done: 40 * time, total: 1000 });
  onProgress({ label: 'train', done: 500, total: 600 });
  time = 31;
  onProgress({ label: 'train', done: 550, total: 600 });
  onProgress({ label: 'all', done: 3, total: null });
  expect(String(stream.read()).split('\n')).toEqual([
    'query  0 of 1000 images',
    'query  400 of 1000 images  40 images/s  15 s left',
    'train  500 of 600 images',
    'train  550 of 600 images  2.5 images/s  20 s left',
    'all  3 images',
    '',
  ]);
});
