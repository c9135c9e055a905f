import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Batch, Dataset, Samples } from '@hash/core';
import { createDataset } from '../catalogue/createDataset.js';
import { cutValidation } from './cutValidation.js';
import { splitSha256 } from './splitSha256.js';

let dataset: Dataset;
beforeAll(async () => {
  dataset = await createDataset('shapes', {
    options: { size: 16, train: 20, query: 3, database: 5, classes: 7 },
  });
});
afterAll(() => dataset.dispose());

async function all(samples: Samples, order?: Uint32Array): Promise<Batch> {
  const views = [[{ op: 'centerCrop', size: 16 }] as const];
  for await (const batch of samples.batches({ batchSize: 20, views, order })) return batch;
  throw new Error('no batch');
}

describe('cutValidation', () => {
  it('parts train in two, and records it', () => {
    const { train, validation, split, query } = cutValidation(dataset, 6, 1);
    expect([train.length, validation!.length]).toEqual([14, 6]);
    const items = [...split.parts['train']!, ...split.parts['validation']!];
    expect(items.sort((a, b) => a - b)).toEqual(dataset.split.parts['train']);
    expect(query).toBe(dataset.query);
    expect(split.protocol).toBe('shapes, 6 of train for validation');
    expect(split.sha256).toBe(splitSha256(split.parts));
    expect(split.sha256).not.toBe(dataset.split.sha256);
  });

  it('chooses by its seed', () => {
    const chosen = (seed: number) => cutValidation(dataset, 6, seed).split.parts['validation'];
    expect(chosen(1)).toEqual(chosen(1));
    expect(chosen(1)).not.toEqual(chosen(2));
  });

  it('has the images, labels and captions of the items that it names', async () => {
    const { validation, split } = cutValidation(dataset, 6, 1);
    const positions = split.parts['validation']!;
    const cut = await all(validation!);
    const whole = await all(dataset.train, Uint32Array.from(positions));
    expect([...cut.indices]).toEqual([0, 1, 2, 3, 4, 5]);
    expect(cut.views).toEqual(whole.views);
    expect(cut.labels).toEqual(whole.labels);
    expect(cut.texts).toEqual(whole.texts);
    expect(validation!.labels).toEqual(whole.labels);
    const reordered = await all(validation!, Uint32Array.of(5, 0));
    expect([...reordered.indices]).toEqual([5, 0]);
    expect(reordered.texts).toEqual([whole.texts![5], whole.texts![0]]);
  });

  it('refuses a position that there is not', async () => {
    const { validation } = cutValidation(dataset, 6, 1);
    await expect(all(validation!, Uint32Array.of(0, 6))).rejects.toThrow(
      'batches: expected positions from 0 to 5, but order[1] is 6.',
    );
  });

  it.each([0, 20, 2.5])('refuses to take %p of 20', (count) => {
    expect(() => cutValidation(dataset, count, 0)).toThrow(
      `cutValidation: expected count to be an integer from 1 to 19, but got ${count}.`,
    );
  });
});
