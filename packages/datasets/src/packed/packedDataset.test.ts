import {
  copyFileSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { AugmentSpec, Dataset } from '@hash/core';
import { Rng } from '@hash/core/data';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset } from '../catalogue/createDataset.js';
import { prepareDataset, type PrepareDatasetOptions } from '../catalogue/prepareDataset.js';

const fixtures = fileURLToPath(new URL('../../fixtures/images', import.meta.url));
const IMAGES = ['rgb.png', 'oriented6.jpg', 'lossy.webp', 'gray.bmp', 'palette.png'];

const root = temporaryFolder(beforeEach, afterEach);
let folder: string;
beforeEach(() => {
  folder = root.join('coco');
  mkdirSync(folder);
  for (const name of IMAGES) copyFileSync(join(fixtures, name), join(folder, name));
  const list = (name: string, images: readonly string[]) =>
    writeFileSync(join(folder, name), images.map((image) => `${image} 1 0\n`).join(''));
  list('train.txt', IMAGES.slice(0, 3));
  list('test.txt', IMAGES.slice(3, 4));
  list(
    'database.txt',
    IMAGES.filter((_, i) => i !== 3),
  );
});

const options = { train: 'train.txt', query: 'test.txt', database: 'database.txt' };
const pixels = () => join(folder, '.packed', '12-bilinear', 'pixels.bin');
const index = () => join(folder, '.packed', '12-bilinear', 'index.jsonl');

function prepare(more: Partial<PrepareDatasetOptions> & { badImages?: 'skip' } = {}) {
  const { badImages = 'fail', ...rest } = more;
  const all = { ...options, badImages };
  return prepareDataset('coco', {
    root: root.path,
    options: all,
    size: 12,
    interpolation: 'bilinear',
    ...rest,
  });
}

interface Opened {
  readonly dataset: Dataset;
  readonly notices: readonly string[];
}

async function open(badImages: 'fail' | 'skip' = 'fail', workers = 0): Promise<Opened> {
  const notices: string[] = [];
  const all = { ...options, badImages };
  const onNotice = (text: string) => void notices.push(text);
  return {
    dataset: await createDataset('coco', { root: root.path, options: all, workers, onNotice }),
    notices,
  };
}

const views: AugmentSpec[] = [
  [
    { op: 'resize', size: 12 },
    { op: 'centerCrop', size: 12 },
    { op: 'randomResizedCrop', size: 8 },
  ],
  [{ op: 'randomResizedCrop', size: 8 }, { op: 'randomHorizontalFlip' }],
  [
    { op: 'resize', size: 12, interpolation: 'bicubic' },
    { op: 'centerCrop', size: 8 },
  ],
];

/** The pixels of all views of all images of the database. */
async function batch({ dataset }: Opened): Promise<Buffer> {
  const parts: Buffer[] = [];
  try {
    for await (const batch of dataset.database.batches({ batchSize: 2, views, rng: new Rng(1) })) {
      parts.push(...batch.views.map(({ data }) => Buffer.from(data.buffer)));
    }
  } finally {
    await dataset.dispose();
  }
  return Buffer.concat(parts);
}

describe('a packed data set', () => {
  it('gives the pixels of its files, with any number of threads, and says that it is packed', async () => {
    const unpacked = await batch(await open());
    await expect(prepare()).resolves.toEqual({
      folder: join(folder, '.packed', '12-bilinear'),
      kept: 0,
      added: 5,
      bad: [],
    });
    await prepare({ size: null });
    for (const workers of [0, 1, 2, 3]) {
      const opened = await open('fail', workers);
      expect(opened.notices).toEqual([
        'coco: 5 packed images for views that begin with resize 12 pixels, bilinear',
        'coco: 5 packed images for all views',
      ]);
      expect((await batch(opened)).equals(unpacked)).toBe(true);
    }
  });

  it('is the same file with any number of threads', async () => {
    const made = [];
    for (const workers of [0, 2]) {
      await prepare({ workers });
      made.push([readFileSync(pixels(), 'base64'), readFileSync(index(), 'utf8')]);
      rmSync(join(folder, '.packed'), { recursive: true });
    }
    expect(made[1]).toEqual(made[0]);
  });

  it('reads from the pack, not from the files, where the view begins with its resize', async () => {
    // The same length and time: only who reads the file can tell.
    const atSameTime = (write: (path: string) => void) => {
      for (const path of IMAGES.map((name) => join(folder, name))) {
        write(path);
        utimesSync(path, 1e9, 1e9);
      }
    };
    atSameTime(() => undefined);
    await prepare();
    atSameTime((path) => writeFileSync(path, Buffer.alloc(statSync(path).size)));
    const { dataset } = await open();
    const request = { batchSize: 9, rng: new Rng(0) };
    const first = (view: AugmentSpec) =>
      dataset.train
        .batches({ ...request, views: [view] })
        [Symbol.asyncIterator]()
        .next();
    await expect(first(views[0]!)).resolves.toMatchObject({ done: false });
    await expect(first(views[1]!)).rejects.toThrow(`${folder}/rgb.png: expected a JPEG`);
  });

  it('is completed where packing was stopped', async () => {
    const whole = await prepare().then(() => readFileSync(pixels(), 'base64'));
    rmSync(join(folder, '.packed'), { recursive: true });
    const controller = new AbortController();
    const onImages = ({ done }: { done: number }) => done === 2 && controller.abort(new Error('enough'));
    await expect(prepare({ signal: controller.signal, onImages })).rejects.toThrow('enough');
    expect((await open()).notices).toEqual([
      'coco: 2 packed images for views that begin with resize 12 pixels, bilinear (3 are not packed: these are decoded)',
    ]);
    await expect(prepare()).resolves.toMatchObject({ kept: 2, added: 3 });
    expect(readFileSync(pixels(), 'base64')).toBe(whole);
  });

  it('survives a program that was killed while it wrote', async () => {
    await prepare();
    const [whole, lines] = [readFileSync(pixels(), 'base64'), readFileSync(index(), 'utf8')];
    const unpacked = await batch(await open());
    // The last line is torn, and behind the pixels that the index knows lie others.
    truncateSync(index(), lines.length - 20);
    writeFileSync(pixels(), Buffer.alloc(5), { flag: 'a' });
    expect((await batch(await open())).equals(unpacked)).toBe(true);
    await expect(prepare()).resolves.toMatchObject({ kept: 4, added: 1 });
    expect([readFileSync(pixels(), 'base64'), readFileSync(index(), 'utf8')]).toEqual([whole, lines]);
  });

  it('notices pixels that are damaged, and makes them anew', async () => {
    await prepare();
    const bytes = readFileSync(pixels());
    bytes[3] = bytes[3]! ^ 1;
    writeFileSync(pixels(), bytes);
    await expect(batch(await open())).rejects.toThrow(
      `${pixels()}: expected the pixels of image 0 (12 pixels, bilinear) at byte 0 to have the CRC-32 `,
    );
    await expect(prepare()).resolves.toMatchObject({ kept: 4, added: 1 });
    await expect(batch(await open())).resolves.toBeInstanceOf(Buffer);
  });

  it('does not use what is packed of a file that has changed', async () => {
    await prepare();
    copyFileSync(join(fixtures, 'gray.png'), join(folder, 'rgb.png'));
    const opened = await open();
    expect(opened.notices).toEqual([
      'coco: 4 packed images for views that begin with resize 12 pixels, bilinear (1 files have changed since: these are decoded)',
    ]);
    const found = await batch(opened);
    rmSync(join(folder, '.packed'), { recursive: true });
    expect(found.equals(await batch(await open()))).toBe(true);
  });

  it('refuses an index that it cannot read', async () => {
    await prepare();
    const lines = readFileSync(index(), 'utf8').split('\n');
    writeFileSync(index(), ['', ...lines.slice(1)].join('\n'));
    await expect(open()).rejects.toThrow(
      `${index()}:1: expected a line of an index of packed images, but found "". Remove the folder and pack the images again.`,
    );
  });

  it('is nothing for a data set without files', async () => {
    await expect(prepareDataset('shapes', { size: 12, interpolation: 'bilinear' })).rejects.toThrow(
      'prepareDataset: "shapes" has no image files that could be packed',
    );
  });
});

describe('an image that cannot be read', () => {
  beforeEach(() => truncateSync(join(folder, 'palette.png'), 100));
  const reason = () => `${folder}/palette.png: the PNG image cannot be decoded: `;

  it('ends the packing, which keeps what it has done', async () => {
    await expect(prepare()).rejects.toThrow(reason());
    copyFileSync(join(fixtures, 'palette.png'), join(folder, 'palette.png'));
    await expect(prepare()).resolves.toMatchObject({ kept: 4, added: 1 });
  });

  it.each([0, 2])(
    'is left out of all parts on request, listed in the split (%d workers)',
    async (workers) => {
      const { dataset, notices } = await open('skip', workers);
      expect(dataset.split).toMatchObject({
        protocol: 'coco, without 1 image that cannot be read',
        parts: { train: [0, 1, 2], query: [3] },
        skipped: [{ position: 4, path: 'palette.png', reason: expect.stringContaining(reason()) as unknown }],
      });
      expect(dataset.split.parts['database']).toHaveLength(3);
      expect(dataset.database.length).toBe(3);
      expect(dataset.database.labels.count).toBe(3);
      expect(notices).toEqual([expect.stringContaining(`left out: ${reason()}`)]);
      await batch({ dataset, notices });
    },
  );

  it('is known to a pack, and tried again where it is wanted', async () => {
    await expect(prepare({ badImages: 'skip' })).resolves.toMatchObject({ added: 4, bad: [{ position: 4 }] });
    await expect(prepare({ badImages: 'skip' })).resolves.toMatchObject({ kept: 4, added: 0, bad: [{}] });
    const { dataset } = await open('skip');
    expect(dataset.split.skipped).toHaveLength(1);
    await dataset.dispose();
    await expect(batch(await open())).rejects.toThrow(reason());
    await expect(prepare()).rejects.toThrow(reason());
  });

  it('is an error where nothing else is in a part', async () => {
    truncateSync(join(folder, 'gray.bmp'), 20);
    await expect(open('skip')).rejects.toThrow('coco: of the 1 images of query none can be read: ');
    for (const name of IMAGES) truncateSync(join(folder, name), 9);
    await expect(prepare({ badImages: 'skip' })).rejects.toThrow(
      'packImages: of 5 images none can be read: ',
    );
  });
});
