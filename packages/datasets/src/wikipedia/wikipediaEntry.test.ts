import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { Batch, Samples } from '@hash/core';
import { labelIds } from '@hash/core/data';
import { writeMat } from '@hash/core/files';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { createDataset, datasetStatus } from '../catalogue/createDataset.js';

const jpeg = fileURLToPath(new URL('../../fixtures/images/baseline.jpg', import.meta.url));

async function firstBatch(samples: Samples, order: readonly number[]): Promise<Batch> {
  const views = [[{ op: 'resize', size: 4 } as const, { op: 'centerCrop', size: 4 } as const]];
  for await (const batch of samples.batches({ batchSize: 8, views, order: Uint32Array.from(order) })) {
    return batch;
  }
  throw new Error('no batch');
}

describe('wikipedia', () => {
  const root = temporaryFolder(beforeEach, afterEach);
  let folder: string;
  const path = (name: string) => join(folder, name);
  const matrix = (rows: number, columns: number, from: number) => ({
    dtype: 'float64' as const,
    shape: [rows, columns],
    data: Float64Array.from({ length: rows * columns }, (_, i) => from + i),
  });
  const write = (change: Parameters<typeof writeMat>[1] = new Map()) =>
    writeMat(
      path('raw_features.mat'),
      new Map([
        ['I_tr', matrix(3, 4, 0)],
        ['I_te', matrix(2, 4, 100)],
        ['T_tr', matrix(3, 2, 0.5)],
        ['T_te', matrix(2, 2, 50.5)],
        ...change,
      ]),
    );
  const open = (options = {}) => createDataset('wikipedia', { root: root.path, options });

  beforeEach(async () => {
    folder = root.join('wikipedia', 'data');
    mkdirSync(folder, { recursive: true });
    writeFileSync(path('trainset_txt_img_cat.list'), 'a-1\taa\t3\nb-2\tbb\t10\nc-3.1\tcc\t3\n');
    writeFileSync(path('testset_txt_img_cat.list'), 'd-1\tdd\t1\r\ne-1\tee\t10\r\n');
    await write();
  });

  it('has vectors for images and texts, test pairs as queries, train pairs to search', async () => {
    const { train, query, database, split, classes } = await open();
    expect(train).toMatchObject({
      ...{ length: 3, modalities: ['image', 'text'], vectorWidths: { image: 4, text: 2 } },
    });
    expect(split).toMatchObject({
      ...{ protocol: 'wikipedia', seed: null },
      parts: { train: [0, 1, 2], query: [3, 4], database: [0, 1, 2] },
    });
    expect(classes[2]).toBe('geography');
    expect([0, 1].map((i) => labelIds(query.labels, i))).toEqual([[0], [9]]);
    expect([0, 1, 2].map((i) => labelIds(database.labels, i))).toEqual([[2], [9], [2]]);
    const { indices, views, textVectors, texts } = await firstBatch(query, [1, 0]);
    expect([...indices]).toEqual([1, 0]);
    expect(views[0]!.shape).toEqual([2, 1, 1, 4]);
    expect([...views[0]!.data]).toEqual([104, 105, 106, 107, 100, 101, 102, 103]);
    expect(textVectors!.shape).toEqual([2, 2]);
    expect([...textVectors!.data]).toEqual([52.5, 53.5, 50.5, 51.5]);
    expect(texts).toBeUndefined();
  });

  it('takes the pictures, too, with the texts as vectors beside them', async () => {
    mkdirSync(path('images/geography'), { recursive: true });
    copyFileSync(jpeg, path('images/geography/cc.jpg'));
    const { train } = await open({ images: 'pixels' });
    expect(train.vectorWidths).toEqual({ text: 2 });
    const { views, textVectors } = await firstBatch(train, [2]);
    expect(views[0]!.shape).toEqual([1, 4, 4, 3]);
    expect([...textVectors!.data]).toEqual([4.5, 5.5]);
    await expect(firstBatch(train, [0])).rejects.toThrow(path('images/geography/aa.jpg'));
  });

  it('is found as its archive unpacks, and says how to get it where it is missing', async () => {
    expect(await datasetStatus('wikipedia', root.path)).toEqual({ found: true, detail: folder });
    const elsewhere = root.join('nothing');
    const detail =
      `Wikipedia is not in ${elsewhere}. To get it: mkdir -p ${elsewhere}/wikipedia/data && ` +
      `curl -L http://www.svcl.ucsd.edu/projects/crossmodal/wikipedia_dataset.zip -o ${elsewhere}/wikipedia/data/wikipedia_dataset.zip && ` +
      `unzip ${elsewhere}/wikipedia/data/wikipedia_dataset.zip -d ${elsewhere}/wikipedia/data.`;
    expect(await datasetStatus('wikipedia', elsewhere)).toEqual({ found: false, detail });
    await expect(createDataset('wikipedia', { root: elsewhere })).rejects.toThrow(`createDataset: ${detail}`);
    await expect(createDataset('wikipedia')).rejects.toThrow(
      'createDataset: expected root, the folder of the data sets, for "wikipedia", but got none.',
    );
  });

  it.each([
    ['I_te', [2, 5], /raw_features\.mat: expected a matrix I_te of \[2, 4\], but found one of \[2, 5\]\.$/],
    ['T_tr', [2, 2], /raw_features\.mat: expected a matrix T_tr of \[3, any\], but found one of \[2, 2\]\.$/],
  ] as const)('refuses a matrix %s of %j', async (name, [rows, columns], message) => {
    await write(new Map([[name, matrix(rows, columns, 0)]]));
    await expect(open()).rejects.toThrow(message);
  });

  it('refuses values that are not finite', async () => {
    const broken = matrix(3, 2, 0);
    broken.data[3] = NaN;
    await write(new Map([['T_tr', broken]]));
    await expect(open()).rejects.toThrow(
      /raw_features\.mat: T_tr: row 1: expected finite numbers, but found NaN\.$/,
    );
  });

  it.each([
    ['', /trainset_txt_img_cat\.list: expected a line for each pair, but it is empty\.$/],
    [
      'a-1\taa\t3\nb-2\tbb\t11\n',
      /trainset_txt_img_cat\.list:2: expected a text, an image and a class from 1 to 10, with tabs between them, but found "b-2\\tbb\\t11"\.$/,
    ],
    ['a-1 aa 3\n', /:1: expected a text, an image and a class .* but found "a-1 aa 3"\.$/],
    ['a-1\t../../aa\t3\n', /:1: expected a text, an image and a class/],
  ])('refuses the list %j', async (list, message) => {
    writeFileSync(path('trainset_txt_img_cat.list'), list);
    await expect(open()).rejects.toThrow(message);
  });
});

describe('the real Wikipedia', () => {
  const root = process.env['HASH_DATA'];

  it('has the counts and values that SciPy reads', async () => {
    const { found, detail } = await datasetStatus('wikipedia', root);
    if (!found) {
      console.warn(`Skipped the test on the real Wikipedia (HASH_DATA names the folder): ${detail}`);
      return;
    }
    const { train, query, database } = await createDataset('wikipedia', { root });
    const counts = ({ length, labels }: Samples) => {
      const ids = Array.from({ length }, (_, i) => labelIds(labels, i)[0]!);
      return Array.from({ length: 10 }, (_, id) => ids.filter((found) => found === id).length);
    };
    expect(counts(train)).toEqual([138, 272, 244, 248, 202, 178, 186, 144, 214, 347]);
    expect(counts(query)).toEqual([34, 88, 96, 85, 65, 58, 51, 41, 71, 104]);
    expect(database.length).toBe(2173);
    expect(train.vectorWidths).toEqual({ image: 128, text: 10 });
    const { textVectors, views, labels } = await firstBatch(train, [0]);
    expect(labelIds(labels, 0)).toEqual([5]);
    expect(textVectors!.data[0]).toBeCloseTo(0.0725718375, 8);
    expect(textVectors!.data[9]).toBeCloseTo(0.0448254435, 8);
    expect(views[0]!.data.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 5);
  });
});
