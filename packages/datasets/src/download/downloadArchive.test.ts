import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { mkdir, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import type { ArchiveName } from './archives.js';
import { downloadArchive } from './downloadArchive.js';

const root = temporaryFolder(beforeEach, afterEach);
beforeEach(() => {
  asked.length = 0;
});

const asked: string[] = [];
const offline: typeof fetch = (url) => {
  asked.push(url as string);
  return Promise.reject(new TypeError('fetch failed', { cause: new Error('getaddrinfo ENOTFOUND') }));
};

const IMAGE = 32 * 32 * 3;
const BATCH = 10_000 * (1 + IMAGE);
const PUBLISHED: Record<ArchiveName, { folder: string; files: Record<string, number> }> = {
  cifar10: {
    folder: 'cifar-10-batches-bin',
    files: {
      'data_batch_1.bin': BATCH,
      'data_batch_2.bin': BATCH,
      'data_batch_3.bin': BATCH,
      'data_batch_4.bin': BATCH,
      'data_batch_5.bin': BATCH,
      'test_batch.bin': BATCH,
      'batches.meta.txt': 61,
    },
  },
  cifar100: {
    folder: 'cifar-100-binary',
    files: {
      'train.bin': 50_000 * (2 + IMAGE),
      'test.bin': 10_000 * (2 + IMAGE),
      'coarse_label_names.txt': 300,
      'fine_label_names.txt': 700,
    },
  },
};

/** Files of zeros in the sizes of the published ones, which take no room on the disk. */
async function writePublished(name: ArchiveName): Promise<string> {
  const { folder, files } = PUBLISHED[name];
  await mkdir(root.join(folder));
  for (const [file, bytes] of Object.entries(files)) {
    await writeFile(root.join(folder, file), '');
    await truncate(root.join(folder, file), bytes);
  }
  return root.join(folder);
}

it.each(['cifar10', 'cifar100'] as const)('asks for nothing where %s is there', async (name) => {
  const folder = await writePublished(name);
  expect(await downloadArchive(name, root.path, { fetch: offline })).toBe(folder);
  expect(asked).toEqual([]);
});

it.each(['cifar10', 'cifar100'] as const)('misses any file of %s', async (name) => {
  const folder = await writePublished(name);
  for (const file of Object.keys(PUBLISHED[name].files)) {
    await rm(join(folder, file));
    await expect(downloadArchive(name, root.path, { fetch: offline })).rejects.toThrow(`${file} is missing`);
  }
});

it.each([
  ['cifar10', 'CIFAR-10', 'cifar-10-binary.tar.gz'],
  ['cifar100', 'CIFAR-100', 'cifar-100-binary.tar.gz'],
] as const)('tells somebody without a network how to get %s', async (name, title, file) => {
  const url = `https://www.cs.toronto.edu/~kriz/${file}`;
  await expect(downloadArchive(name, root.path, { fetch: offline, waits: [0] })).rejects.toThrow(
    `downloadArchive: could not get ${title}. downloadFile: ${url}: getaddrinfo ENOTFOUND (attempts: 2). To do it by hand, put ${file} into ${root.path}, or the folder ${PUBLISHED[name].folder} that it holds.`,
  );
  expect(asked).toEqual([url, url]);
});

it('lists the good names', async () => {
  await expect(downloadArchive('mnist' as ArchiveName, root.path)).rejects.toThrow(
    'downloadArchive: expected one of cifar10, cifar100, but got mnist.',
  );
});
