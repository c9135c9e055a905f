import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { cifarStatus, locateCifar, withAdvice } from './locateCifar.js';

const root = temporaryFolder(beforeEach, afterEach);

const access = () => ({ name: 'cifar10-1', root: root.path, seed: 0, download: false });

function put(folder: string): string {
  const path = root.join(folder);
  mkdirSync(path, { recursive: true });
  writeFileSync(join(path, 'test_batch.bin'), '');
  return path;
}

const howToGet = () =>
  `CIFAR-10 is not in ${root.path}. To get it: mkdir -p ${root.path}/cifar10/data && ` +
  `curl -L https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz | tar -xz -C ${root.path}/cifar10/data. ` +
  `That makes ${root.path}/cifar10/data/cifar-10-batches-bin.`;

describe('locateCifar', () => {
  it.each([
    'cifar10/data/cifar-10-batches-bin',
    'cifar-10-batches-bin',
    'cifar10/cifar-10-batches-bin',
    'cifar10/data',
    'cifar10',
  ])('finds the files in %s', async (folder) => {
    const path = put(folder);
    await expect(locateCifar('cifar10', access())).resolves.toBe(path);
    await expect(cifarStatus('cifar10', root.path)).resolves.toEqual({ found: true, detail: path });
  });

  it('says how to get what is missing and may not be downloaded', async () => {
    mkdirSync(root.join('cifar10'));
    await expect(locateCifar('cifar10', access())).rejects.toThrow(`createDataset: ${howToGet()}`);
    await expect(cifarStatus('cifar10', root.path)).resolves.toEqual({ found: false, detail: howToGet() });
  });

  it('wants to know where to look', async () => {
    await expect(locateCifar('cifar10', { ...access(), root: undefined })).rejects.toThrow(
      'createDataset: expected root, the folder of the data sets, for "cifar10-1", but got none.',
    );
    await expect(cifarStatus('cifar10', undefined)).resolves.toEqual({
      found: false,
      detail: 'no folder of data sets was given',
    });
  });
});

describe('withAdvice', () => {
  it('passes a result through', async () => {
    await expect(withAdvice('cifar10', 'a', () => Promise.resolve(1))).resolves.toBe(1);
  });

  it('says how to get a good file instead of a damaged one', async () => {
    const damaged = () => Promise.reject(new Error('b.bin: it is damaged.'));
    await expect(withAdvice('cifar100', '/d/cifar100/data/cifar-100-binary', damaged)).rejects.toThrow(
      'b.bin: it is damaged. To get it anew: rm -r /d/cifar100/data/cifar-100-binary && ' +
        'curl -L https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz | tar -xz -C /d/cifar100/data.',
    );
  });
});
