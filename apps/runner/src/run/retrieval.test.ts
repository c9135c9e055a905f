import { describe, expect, it } from '@jest/globals';
import {
  evaluateRetrieval,
  labelsFromClassIds,
  randomCodes,
  Rng,
  type BinaryCodes,
  type Modality,
  type Samples,
  type Trainer,
} from '@hash/core';
import { encodeItems, lengthOf, measureRetrieval, randomItems, type CodedItems } from './retrieval.js';

const coded = (count: number, ...modalities: Modality[]): CodedItems => ({
  codes: new Map<Modality, BinaryCodes>(
    modalities.map((modality) => [modality, randomCodes(count, 16, new Rng(modality).fork(count))]),
  ),
  labels: labelsFromClassIds(
    Array.from({ length: count }, (_, i) => i % 3),
    3,
  ),
});

describe('measureRetrieval', () => {
  it('measures one modality within itself', async () => {
    const [query, database] = [coded(4, 'text'), coded(30, 'text')];
    expect(await measureRetrieval(query, database, { mapAt: [10] })).toEqual(
      evaluateRetrieval({
        mapAt: [10],
        queryCodes: query.codes.get('text')!,
        databaseCodes: database.codes.get('text')!,
        queryLabels: query.labels,
        databaseLabels: database.labels,
      }),
    );
  });

  it('measures two from each to the other, then within each', async () => {
    const [query, database] = [coded(4, 'image', 'text'), coded(30, 'image', 'text')];
    const metrics = await measureRetrieval(query, database, { precisionAt: [1] });
    expect(metrics.map(({ name }) => name)).toEqual([
      'image→text mAP@all',
      'image→text precision@1',
      'text→image mAP@all',
      'text→image precision@1',
      'image→image mAP@all',
      'image→image precision@1',
      'text→text mAP@all',
      'text→text precision@1',
    ]);
    const [direct] = evaluateRetrieval({
      queryCodes: query.codes.get('image')!,
      databaseCodes: database.codes.get('text')!,
      queryLabels: query.labels,
      databaseLabels: database.labels,
    });
    expect(metrics[0]!.value).toBe(direct!.value);
  });
});

describe('measureRetrieval in threads', () => {
  it.each([0, 2, undefined])('has the same metrics: %s', async (threads) => {
    const [query, database] = [coded(40, 'image', 'text'), coded(300, 'image', 'text')];
    const progress: number[] = [];
    const onProgress = (done: number) => progress.push(done);
    const choice = { mapAt: [10, 'all'] as const, precisionAt: [5] };
    const metrics = await measureRetrieval(query, database, choice, { threads, onProgress });
    expect(metrics).toEqual(await measureRetrieval(query, database, choice));
    // So little is not worth a thread, but who names their number gets them.
    expect(progress.filter((done) => done === 40)).toHaveLength(threads === 2 ? 4 : 0);
  });
});

describe('measureRetrieval of codes of several lengths', () => {
  it('says the length of those beside', async () => {
    const [query, database] = [coded(4, 'image', 'text'), coded(30, 'image', 'text')];
    const long = { query: coded(4, 'text'), database: coded(30, 'text') };
    const metrics = await measureRetrieval(
      { ...query, others: [long.query] },
      { ...database, others: [long.database] },
      { mapAt: ['all'] },
    );
    expect(metrics.slice(4)).toEqual(
      (await measureRetrieval(long.query, long.database, { mapAt: ['all'] })).map((metric) => ({
        ...metric,
        name: '16 bits mAP@all',
      })),
    );
  });
});

describe('encodeItems', () => {
  it('takes codes of all lengths that a model makes, the shortest first', async () => {
    const encode = (_: unknown, modality: Modality, bits = 4) =>
      Promise.resolve(randomCodes(3, bits, new Rng(modality)));
    const trainer = { otherLengths: [64, 8], encode } as unknown as Trainer;
    const samples = { length: 3, labels: labelsFromClassIds([0, 1, 2], 3) } as unknown as Samples;
    const { codes, others } = await encodeItems(trainer, samples, ['image', 'text']);
    expect(codes.get('text')!.bits).toBe(4);
    expect(others!.map(lengthOf)).toEqual([8, 64]);
  });
});

describe('randomItems', () => {
  it('draws codes of the same size, by the seed', () => {
    const items = coded(6, 'image', 'text');
    const random = randomItems(items, new Rng(1));
    expect(random.labels).toBe(items.labels);
    expect(random.codes.get('text')).toMatchObject({ count: 6, bits: 16 });
    expect(random.codes.get('text')).not.toEqual(random.codes.get('image'));
    expect(randomItems(items, new Rng(1))).toEqual(random);
    const { others } = randomItems({ ...items, others: [coded(6, 'image')] }, new Rng(1));
    expect(others![0]!.codes.get('image')).toMatchObject({ count: 6, bits: 16 });
  });
});
