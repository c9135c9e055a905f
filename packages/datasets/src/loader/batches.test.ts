import { once } from 'node:events';
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { AugmentSpec, Batch, BatchRequest, Dataset, Samples } from '@hash/core';
import { Rng } from '@hash/core/data';
import { createDataset } from '../catalogue/createDataset.js';

const SIZE = 16;
const plain: AugmentSpec = [{ op: 'centerCrop', size: SIZE }];
const random: AugmentSpec = [
  { op: 'randomResizedCrop', size: SIZE, scale: [0.5, 1] },
  { op: 'colorJitter', brightness: 0.4, hue: 0.1, probability: 0.8 },
  { op: 'randomHorizontalFlip' },
];

function open(workers: number): Promise<Dataset> {
  return createDataset('shapes', {
    workers,
    seed: 3,
    options: { size: SIZE, train: 50, query: 5, database: 7, classes: 4 },
  });
}

async function collect(samples: Samples, request: Partial<BatchRequest> = {}): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of samples.batches({ batchSize: 8, views: [plain], ...request }))
    batches.push(batch);
  return batches;
}

function digest(batches: readonly Batch[]): string {
  const hash = createHash('sha256');
  for (const { views, indices, texts } of batches) {
    for (const { data } of views) hash.update(data);
    hash.update(indices).update(JSON.stringify(texts));
  }
  return hash.digest('hex');
}

describe.each([0, 2])('batches with %i worker threads', (workers) => {
  let dataset: Dataset;
  beforeAll(async () => {
    dataset = await open(workers);
  });
  afterAll(() => dataset.dispose());

  it('yields all items in their order, the last batch smaller', async () => {
    const batches = await collect(dataset.train);
    expect(batches.map(({ indices }) => indices.length)).toEqual([8, 8, 8, 8, 8, 8, 2]);
    expect(batches.flatMap(({ indices }) => [...indices])).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(batches[6]!.views[0]!.shape).toEqual([2, SIZE, SIZE, 3]);
    expect(batches[6]!.views[0]!.data).toHaveLength(2 * SIZE * SIZE * 3);
    expect(batches[0]!.labels).toEqual({
      count: 8,
      classes: 4,
      words: Uint32Array.from([1, 2, 4, 8, 1, 2, 4, 8]),
    });
    expect(batches[0]!.texts).toHaveLength(8);
  });

  it('leaves the last batch out on request', async () => {
    const batches = await collect(dataset.train, { dropLast: true });
    expect(batches.map(({ indices }) => indices.length)).toEqual([8, 8, 8, 8, 8, 8]);
  });

  it('follows an order, in which an item may come twice', async () => {
    const [batch] = await collect(dataset.train, { order: Uint32Array.of(7, 2, 7) });
    const [all] = await collect(dataset.train, { batchSize: 50 });
    const image = (batch: Batch, i: number) => batch.views[0]!.data.slice(i * 768, (i + 1) * 768);
    expect([...batch!.indices]).toEqual([7, 2, 7]);
    expect(image(batch!, 0)).toEqual(image(all!, 7));
    expect(image(batch!, 1)).toEqual(image(all!, 2));
    expect(image(batch!, 2)).toEqual(image(all!, 7));
  });

  it('augments an item alike wherever it comes in the order, but views differ', async () => {
    const request = { views: [random, random], rng: new Rng(1), batchSize: 50 };
    const [forwards] = await collect(dataset.train, request);
    const [backwards] = await collect(dataset.train, { ...request, order: Uint32Array.of(9, 4) });
    const view = (batch: Batch, v: number, i: number) => batch.views[v]!.data.slice(i * 768, (i + 1) * 768);
    expect(view(backwards!, 0, 1)).toEqual(view(forwards!, 0, 4));
    expect(view(backwards!, 1, 0)).toEqual(view(forwards!, 1, 9));
    expect(view(forwards!, 0, 4)).not.toEqual(view(forwards!, 1, 4));
    const [other] = await collect(dataset.train, { ...request, rng: new Rng(2) });
    expect(other!.views[0]!.data).not.toEqual(forwards!.views[0]!.data);
  });

  it('gives captions without images, the first or one by chance', async () => {
    const [first] = await collect(dataset.query, { views: [] });
    expect(first!.views).toEqual([]);
    expect(first!.texts!.every((text) => /^a .* on a .* background$/.test(text))).toBe(true);
    const [chosen] = await collect(dataset.train, { views: [], rng: new Rng(0), batchSize: 50 });
    expect(chosen!.texts!.some((text) => text.includes('in front of'))).toBe(true);
    expect(chosen!.texts!.some((text) => / on a .* background$/.test(text))).toBe(true);
  });

  it('yields nothing for an empty order', async () => {
    await expect(collect(dataset.train, { order: new Uint32Array(0) })).resolves.toEqual([]);
  });

  it('may be left early, several times at once, and begun again', async () => {
    for await (const { indices } of dataset.train.batches({ batchSize: 8, views: [plain] })) {
      expect(indices[0]).toBe(0);
      break;
    }
    const [a, b] = await Promise.all([collect(dataset.train), collect(dataset.train)]);
    expect(digest(a)).toBe(digest(b));
  });

  it('stops on a signal, with its reason', async () => {
    const controller = new AbortController();
    const batches = dataset.train.batches({ batchSize: 1, views: [plain], signal: controller.signal });
    const seen: number[] = [];
    const run = async () => {
      for await (const { indices } of batches) {
        seen.push(indices[0]!);
        if (seen.length === 3) controller.abort(new Error('enough'));
      }
    };
    await expect(run()).rejects.toThrow('enough');
    expect(seen).toEqual([0, 1, 2]);
    await expect(collect(dataset.train, { signal: controller.signal })).rejects.toThrow('enough');
  });

  it.each([0, 1.5])('refuses a batch size of %p', async (batchSize) => {
    await expect(collect(dataset.train, { batchSize })).rejects.toThrow(
      `batches: expected batchSize to be an integer of at least 1, but got ${batchSize}.`,
    );
  });

  it('refuses a position that there is not', async () => {
    await expect(collect(dataset.query, { order: Uint32Array.of(4, 5) })).rejects.toThrow(
      'batches: expected positions from 0 to 4, but order[1] is 5.',
    );
  });

  it('wants a generator where a view is random', async () => {
    await expect(collect(dataset.train, { views: [plain, random] })).rejects.toThrow(
      'batches: expected rng, which the random ops of view 1 draw from, but got none.',
    );
  });

  it('passes on what goes wrong with an image', async () => {
    const views: AugmentSpec[] = [[{ op: 'randomCrop', size: 40 }]];
    await expect(collect(dataset.train, { views, rng: new Rng(0) })).rejects.toThrow(
      'randomCrop: expected an image',
    );
    await expect(collect(dataset.train)).resolves.toHaveLength(7);
  });
});

describe('worker threads', () => {
  it('give the same batches, however many there are', async () => {
    const request = { views: [random, plain], rng: new Rng(5), order: new Rng(6).permutation(50) };
    const digests = new Set<string>();
    for (const workers of [0, 1, 3]) {
      const dataset = await open(workers);
      digests.add(digest(await collect(dataset.train, request)));
      await dataset.dispose();
    }
    expect(digests.size).toBe(1);
  });

  it('end when the data set is disposed of, and whoever waits for them is told', async () => {
    const dataset = await open(1);
    const batches = dataset.train.batches({ batchSize: 8, views: [plain] })[Symbol.asyncIterator]();
    const waiting = batches.next();
    await dataset.dispose();
    await expect(waiting).rejects.toThrow('batches: the data set has been disposed of.');
    await expect(collect(dataset.train)).rejects.toThrow('batches: the data set has been disposed of.');
  });

  it('do not keep a program from ending that forgets to dispose of them', async () => {
    const index = new URL('../index.ts', import.meta.url).href;
    const source = `
      import { createDataset } from '${index}';
      const { query } = await createDataset('shapes', { workers: 2, options: { size: 16, train: 1, query: 3, database: 1 } });
      for await (const { indices } of query.batches({ batchSize: 2, views: [[{ op: 'centerCrop', size: 16 }]] }))
        console.log(String(indices.length));`;
    const { spawn } = await import('node:child_process');
    const flags = ['--conditions=@hash/source', '--import', 'tsx', '--input-type=module', '--eval', source];
    const child = spawn(process.execPath, flags, { stdio: ['ignore', 'pipe', 'inherit'] });
    let output = '';
    child.stdout.on('data', (text) => (output += String(text)));
    await expect(once(child, 'close')).resolves.toEqual([0, null]);
    expect(output).toBe('2\n1\n');
  });
});
