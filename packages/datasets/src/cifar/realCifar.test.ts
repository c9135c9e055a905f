import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import type { Samples } from '@hash/core';
import { createDataset, datasetStatus } from '../catalogue/createDataset.js';

interface Split {
  readonly protocol: string;
  readonly seed: number;
  readonly counts: Readonly<Record<'train' | 'query' | 'database', number>>;
  readonly sha256: string;
  /** Of CIFAR-100: how many images the files had that the split was made of. */
  readonly images?: number;
}

// Made by tools/oracles/split.py with NumPy from the data set's own labels.
const { real } = JSON.parse(readFileSync(new URL('../../fixtures/split.json', import.meta.url), 'utf8')) as {
  real: readonly Split[];
};

const root = process.env['HASH_DATA'];

async function ready(name: string): Promise<boolean> {
  const { found, detail } = await datasetStatus(name, root);
  if (!found)
    console.warn(`Skipped the tests on real ${name} (HASH_DATA names the folder of data sets): ${detail}`);
  return found;
}

const open = (name: string, seed: number) => createDataset(name, { root, seed, download: false });

async function firstImages(samples: Samples, order: readonly number[]): Promise<Float32Array> {
  const views = [[{ op: 'centerCrop', size: 32 }] as const];
  for await (const { views: batches } of samples.batches({
    batchSize: 8,
    views,
    order: Uint32Array.from(order),
  })) {
    return batches[0]!.data;
  }
  throw new Error('no batch');
}

describe.each(real)(
  '$protocol of the real images, seed $seed',
  ({ protocol, seed, counts, sha256, images }) => {
    it('is the split that NumPy makes', async () => {
      if (!(await ready(protocol))) return;
      const { train, query, database, split } = await open(protocol, seed);
      const total = split.protocol.includes('of 60000')
        ? Number(/\d+(?= of)/.exec(split.protocol)![0])
        : 60_000;
      if (images !== undefined && images !== total) return;
      expect({ train: train.length, query: query.length, database: database.length }).toEqual(counts);
      expect(split.sha256).toBe(sha256);
    });
  },
);

describe('the images of CIFAR-10', () => {
  it('are those of the files, pixel for pixel', async () => {
    if (!(await ready('cifar10-2'))) return;
    const { query, split } = await open('cifar10-2', 0);
    const { detail: folder } = await datasetStatus('cifar10-2', root);
    const positions = split.parts['query']!;
    const item = positions.findIndex((position) => position < 10_000);
    const batch = readFileSync(`${folder}/data_batch_1.bin`);
    const record = batch.subarray(positions[item]! * 3073, (positions[item]! + 1) * 3073);
    const expected = Array.from({ length: 3072 }, (_, i) =>
      Math.fround(record[1 + (i % 3) * 1024 + Math.floor(i / 3)]! / 255),
    );
    expect([...(await firstImages(query, [item]))]).toEqual(expected);
    expect(query.labels.words[item]).toBe(1 << record[0]!);
    expect(createHash('sha256').update(batch).digest('hex')).toMatch(/^cee91656/);
  });

  it('have the classes that the authors name', async () => {
    if (!(await ready('cifar10'))) return;
    const { classes } = await open('cifar10', 0);
    const { detail: folder } = await datasetStatus('cifar10', root);
    expect(readFileSync(`${folder}/batches.meta.txt`, 'utf8').trim().split('\n')).toEqual(classes);
  });
});
