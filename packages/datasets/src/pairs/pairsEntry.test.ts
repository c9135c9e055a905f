import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Rng, multiHot } from '@hash/core/data';
import { writeMat, writeNpy } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset, datasetStatus } from '../catalogue/createDataset.js';
import { datasetInfo } from '../catalogue/entries.js';

// Made by tools/oracles/pairs.py with SciPy, h5py and NumPy.
const fixtures = fileURLToPath(new URL('../../fixtures/pairs', import.meta.url));
const expected = JSON.parse(readFileSync(join(fixtures, 'expected.json'), 'utf8')) as {
  readonly paths: readonly string[];
  readonly ragged: readonly (readonly string[])[];
  readonly single: readonly string[];
  readonly equal: readonly (readonly string[])[];
  readonly labels: readonly (readonly number[])[];
  readonly pictures: readonly (readonly number[])[];
  readonly permutation7: readonly number[];
};
const picture = fileURLToPath(new URL('../../fixtures/images/rgb.png', import.meta.url));

const root = temporaryFolder(beforeEach, afterEach);

/** Copies the files of one form, with images at the paths that its index names. */
function place(form: string, name = 'pairs'): string {
  const folder = root.join(name);
  cpSync(join(fixtures, form), folder, { recursive: true });
  for (const path of expected.paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(picture, join(folder, path));
  }
  return folder;
}

const SMALL = { query: 2, train: 3, splitSeed: 7 };
const open = (options: object = {}, name = 'pairs') =>
  createDataset(name, { root: root.path, options: { ...SMALL, ...options } });

/** The texts of the items in the order of the file, as an epoch without `rng` has them. */
async function textsOf(dataset: Awaited<ReturnType<typeof open>>): Promise<string[]> {
  const texts: string[] = [];
  for (const part of ['query', 'database'] as const) {
    const positions = dataset.split.parts[part]!;
    let i = 0;
    for await (const batch of dataset[part].batches({ batchSize: 4, views: [] }))
      for (const text of batch.texts ?? []) texts[positions[i++]!] = text;
  }
  return texts;
}

describe('index, caption and label files', () => {
  it.each([
    ['coco', 'cells of ragged lists, labels of int64'],
    ['mirflickr', 'compressed, characters [items, 1, length], labels of double, other names'],
    ['mith', 'characters [items, length], the name `label`, labels of single'],
    ['equal', 'equally many texts: characters [items, texts, length], labels of int8, YAll and LAll'],
    ['nuswide', 'a text file of captions'],
    ['version73', 'version 7.3 with cells of references'],
  ])('are read as %s has them: %s', async (form) => {
    place(form);
    const dataset = await open();
    expect(dataset.split).toMatchObject({
      seed: 7,
      parts: {
        query: expected.permutation7.slice(0, 2),
        database: expected.permutation7.slice(2),
        train: expected.permutation7.slice(2, 5),
      },
    });
    expect(await textsOf(dataset)).toEqual(expected.single);
    const labels = dataset.split.parts['query']!.flatMap((position) => expected.labels[position]!);
    expect([...multiHot(dataset.query.labels)]).toEqual(labels);
    const views = [[{ op: 'centerCrop', size: 8 } as const]];
    for await (const { views: images } of dataset.train.batches({ batchSize: 3, views }))
      expect(images[0]!.shape).toEqual([3, 8, 8, 3]);
    await dataset.dispose();
  });

  it.each(['coco', 'version73', 'equal'] as const)('have all texts of an item in %s', async (form) => {
    place(form);
    const { query, split } = await open();
    const all = form === 'equal' ? expected.equal : expected.ragged;
    const seen = new Set<string>();
    for (let seed = 0; seed < 40; seed++)
      for await (const { texts } of query.batches({ batchSize: 2, views: [], rng: new Rng(seed) }))
        texts!.forEach((text) => seen.add(text));
    const possible = split.parts['query']!.flatMap((position) => all[position]!);
    expect([...seen].sort()).toEqual([...new Set(possible)].sort());
  });

  it.each(['index.npy', 'planes.npy'])('may have images of an .npy file: %s', async (index) => {
    place('arrays');
    const dataset = await open({ index });
    await expectPictures(dataset);
  });

  it.each([
    ['dcmh', 'three files', 0],
    ['dcmhWhole', 'one file, in a thread', 1],
  ] as const)(
    "have DCMH's images of version 7.3, tags as vectors, and are split label by label: %s, %s",
    async (form, _, workers) => {
      const folder = place(form, 'mirflickr-dcmh');
      const options = { query: 1, train: 1 };
      const dataset = await createDataset('mirflickr-dcmh', { root: root.path, options, seed: 3, workers });
      expect(dataset.train.vectorWidths).toMatchObject({ text: 40 });
      const { query, train, database } = dataset.split.parts as Record<string, number[]>;
      expect(query!.length + database!.length).toBe(6);
      expect(train).toHaveLength(Math.min(4, database!.length));
      for await (const { textVectors, indices } of dataset.query.batches({ batchSize: 9, views: [] })) {
        const rows = Array.from(indices, (_, i) => [...textVectors!.data.subarray(40 * i, 40 * i + 40)]);
        const tags = rows.map((row) => row.flatMap((value, tag) => (value === 1 ? [tag] : [])));
        expect(tags).toEqual(query!.map((item) => (item === 0 ? [0, 39] : [7 * item])));
      }
      await expectPictures(dataset);
      expect(await datasetStatus('mirflickr-dcmh', root.path)).toEqual({ found: true, detail: folder });
    },
  );

  it("take paths whose beginning has moved, as the authors' change_index_path.py", async () => {
    place('coco');
    mkdirSync(root.join('elsewhere'));
    for (const path of expected.paths) cpSync(picture, root.join('elsewhere', path.slice('images/'.length)));
    rmSync(root.join('pairs/images'), { recursive: true });
    await expect(open()).rejects.toThrow(
      `${root.path}/pairs/index.mat: expected the image ${root.path}/pairs/images/1.png, but there is no such file. The options images, or oldPrefix and newPrefix, tell where images are.`,
    );
    const moved = await open({ oldPrefix: 'images/', newPrefix: `${root.path}/elsewhere/` });
    const views = [[{ op: 'centerCrop', size: 8 } as const]];
    for await (const batch of moved.query.batches({ batchSize: 2, views }))
      expect(batch.indices).toHaveLength(2);
    await moved.dispose();
    expect((await open({ oldPrefix: 'images/', images: 'elsewhere' })).query.length).toBe(2);
  });

  it('are split by the published seed unless told otherwise', async () => {
    place('mith', 'coco-captions');
    const options = { query: 2, train: 3 };
    const published = await createDataset('coco-captions', { root: root.path, options, seed: 5 });
    expect(published.split).toMatchObject({
      seed: 1814,
      protocol: 'coco-captions, 2 queries, 3 to train on',
    });
    const own = await createDataset('coco-captions', {
      root: root.path,
      options: { ...options, splitSeed: null },
      seed: 7,
    });
    expect(own.split.parts['query']).toEqual(expected.permutation7.slice(0, 2));
    await expect(createDataset('coco-captions', { root: root.path })).rejects.toThrow(
      'cutAtRandom: expected at least 15000 items for 5000 queries and 10000 to train on, but got 6.',
    );
  });

  it.each([
    [
      'label',
      { other: new Float64Array(18) },
      [6, 3],
      'label.mat: expected a variable category, LAll, labels, label, but found other.',
    ],
    [
      'label',
      { label: new Float64Array(15) },
      [5, 3],
      'label.mat: expected 6 rows, as many as images of FOLDER/index.mat, but found 5.',
    ],
    [
      'label',
      { label: new Float64Array(18).fill(2, 7, 8) },
      [6, 3],
      'label.mat: label: expected 0 or 1 in row 2, column 1, from 0, but found 2.',
    ],
    [
      'label',
      { label: new Float64Array(18) },
      [6, 3, 1, 1],
      'label.mat: label: expected a matrix [items, classes], but found [6, 3, 1, 1].',
    ],
    [
      'caption',
      { tags: new Float64Array(12) },
      [4, 3],
      'caption.mat: expected 6 rows, as many as images of FOLDER/index.mat, but found 4.',
    ],
    [
      'index',
      { index: new Float64Array(18) },
      [6, 3],
      'index.mat: index: expected images of uint8, [images, height, width, 3] or [images, 3, ...], but found double [3, 6].',
    ],
  ] as const)(
    'are refused with the file and the place: %s.mat %#',
    async (file, variables, shape, message) => {
      const folder = place('coco');
      const [name, data] = Object.entries(variables)[0]!;
      const array = { dtype: 'float64', shape: [...shape], data } as const;
      await writeMat(join(folder, `${file}.mat`), new Map([[name, array]]));
      await expect(open()).rejects.toThrow(`${folder}/${message.replace('FOLDER', folder)}`);
    },
  );

  it('are refused where one of them is missing or of another kind', async () => {
    const folder = place('arrays');
    await writeNpy(join(folder, 'label.npy'), { dtype: 'uint8', shape: [18], data: new Uint8Array(18) });
    await expect(open()).rejects.toThrow(
      `${folder}/label.npy: expected a matrix [items, classes], but found [18].`,
    );
    rmSync(join(folder, 'label.npy'));
    await expect(open()).rejects.toThrow(
      `${folder}: expected label.mat or label.npy or manifest.jsonl of "pairs", but there is none.`,
    );
    writeFileSync(join(folder, 'label.mat'), 'no file of MATLAB');
    await expect(open()).rejects.toThrow(`${folder}/label.mat: expected a MAT file`);
  });
});

async function expectPictures(dataset: Awaited<ReturnType<typeof open>>): Promise<void> {
  const positions = dataset.split.parts['database']!;
  const views = [[{ op: 'centerCrop', size: 4 } as const]];
  for await (const { views: images, indices } of dataset.database.batches({ batchSize: 9, views })) {
    const [{ data, shape }] = images as [(typeof images)[number]];
    expect(shape.slice(1)).toEqual([4, 4, 3]);
    // 5 rows of 4: Pillow's centre crop of 4 leaves out the last.
    const rows = positions.flatMap((position) => expected.pictures[position]!.slice(0, 48));
    const scale = Math.max(...data) > 1 ? 1 : 255;
    expect(Array.from(data, (value) => Math.round(value * scale))).toEqual(rows);
    expect(indices).toHaveLength(positions.length);
  }
  await dataset.dispose();
}

it('databases of published counts are all but the queries', () => {
  const all = { 'coco-captions': 122_218, 'mirflickr-tags': 24_581, 'nuswide-tags': 195_834 };
  for (const [name, items] of Object.entries(all)) {
    const { query, database } = datasetInfo(name).counts!;
    expect(query! + database!).toBe(items);
  }
});
