import { describe, expect, it } from '@jest/globals';
import { Rng } from '@hash/core';
import { fakeDataset } from '@hash/core/testing';
import { abortable } from './abortable.js';

describe('abortable', () => {
  const { query } = fakeDataset({ rng: new Rng(1), query: 6 });
  const read = async (controller: AbortController, stopAfter: number) => {
    let batches = 0;
    for await (const batch of abortable(query, controller.signal).batches({ batchSize: 2, views: [[]] })) {
      expect(batch.views).toHaveLength(1);
      batches += 1;
      if (batches === stopAfter) controller.abort(new Error('enough'));
    }
    return batches;
  };

  it('passes on what the samples are and yield', async () => {
    const { length, modalities, labels } = abortable(query, new AbortController().signal);
    expect({ length, modalities, labels }).toEqual({
      length: 6,
      modalities: ['image'],
      labels: query.labels,
    });
    expect(await read(new AbortController(), Infinity)).toBe(3);
  });

  it.each([1, 3])('ends with the reason of the signal, after batch %i', (stopAfter) =>
    expect(read(new AbortController(), stopAfter)).rejects.toThrow('enough'),
  );
});
