import { describe, expect, it } from '@jest/globals';
import { createDataset, datasetOptions, datasetStatus } from './createDataset.js';
import { datasetNames } from './entries.js';

const small = { size: 16, train: 4, query: 2, database: 3 };

describe('createDataset', () => {
  it('lists its names', () => {
    expect(datasetNames()).toEqual([
      ...['shapes', 'shapes-multi', 'cifar10', 'cifar10-1', 'cifar10-2', 'cifar100', 'cifar100-official'],
      ...['wikipedia', 'nuswide_21', 'nuswide_21_m', 'nuswide_10', 'nuswide_81_m', 'coco', 'imagenet'],
      ...['mirflickr', 'mirflickr_24', 'voc2012', 'cars-a', 'cars-b', 'nabirds-a', 'nabirds-b'],
      ...['coco-captions', 'mirflickr-tags', 'nuswide-tags', 'mirflickr-dcmh', 'nuswide-dcmh', 'pairs'],
      ...['files', 'folder', 'manifest'],
    ]);
  });

  it('opens a data set with its parts and their record', async () => {
    const dataset = await createDataset('shapes', { seed: 2, options: small });
    expect(dataset.name).toBe('shapes');
    expect(dataset.classes).toHaveLength(10);
    expect([dataset.train.length, dataset.query.length, dataset.database.length]).toEqual([4, 2, 3]);
    expect(dataset.split).toMatchObject({
      protocol: 'shapes',
      seed: 2,
      parts: { train: [0, 1, 2, 3], query: [4, 5], database: [6, 7, 8] },
    });
    expect(dataset.validation).toBeUndefined();
    await dataset.dispose();
  });

  it('lists the good names when it is given a bad one', async () => {
    await expect(createDataset('imagenet22k')).rejects.toThrow(
      `createDataset: no data set "imagenet22k". Known: ${datasetNames().join(', ')}.`,
    );
    expect(() => datasetOptions('toString')).toThrow('createDataset: no data set "toString".');
  });

  it.each([
    ['CIFAR-10', 'cifar10'],
    ['cifar-10-1', 'cifar10-1'],
    ['Shapes_multi', 'shapes-multi'],
  ])('knows %s by its right name', async (name, right) => {
    await expect(createDataset(name)).rejects.toThrow(
      `createDataset: no data set "${name}"; it is spelt "${right}".`,
    );
  });

  it('names the option that is wrong', async () => {
    await expect(createDataset('shapes', { options: { ...small, size: 8 } })).rejects.toThrow(
      'createDataset: the options of "shapes" are wrong:\n✖ Too small: expected number to be >=16\n  → at size',
    );
    await expect(createDataset('cifar10', { options: { siz: 1 } })).rejects.toThrow(
      'createDataset: the options of "cifar10" are wrong:\n✖ Unrecognized key: "siz"',
    );
  });

  it.each([-1, 1.5])('refuses %p workers', async (workers) => {
    await expect(createDataset('shapes', { workers })).rejects.toThrow(
      `createDataset: expected workers to be an integer of at least 0, but got ${workers}.`,
    );
  });
});

describe('datasetOptions', () => {
  it('fills in defaults', () => {
    expect(datasetOptions('shapes').parse({})).toMatchObject({ classes: 10, size: 32, train: 2000 });
    expect(datasetOptions('cifar10').parse({})).toEqual({});
  });
});

describe('datasetStatus', () => {
  it('says that shapes need no files', async () => {
    await expect(datasetStatus('shapes')).resolves.toEqual({ found: true, detail: 'drawn by the program' });
  });
});
