import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { labelsFromMultiHot } from '@hash/core';
import { readNames } from '../cifar/readNames.js';
import type { Access, DatasetStatus, Entry } from '../catalogue/entry.js';
import { numpyPermutation } from '../split/numpyRandom.js';
import { recordSplit } from '../split/splitSha256.js';
import { filesOptions, type FilesOptions } from './filesOptions.js';
import { mergeLists } from './mergeLists.js';
import { readList } from './readList.js';

/** A data set that is a folder of images and three lists: which are for training, queries, and to search. */
export function filesEntry(name: string): Entry<FilesOptions> {
  return {
    options: filesOptions,
    async open(options, access) {
      const folder = await locate(options, access);
      const files = { train: options.train, query: options.query, database: options.database };
      const named = Object.entries(files).map(async ([part, file]) => {
        const path = join(folder, file);
        return { part, path, items: await readList(path) };
      });
      const { paths, labels, parts } = mergeLists(await Promise.all(named));
      const classes = labels[0]!.length;
      const order = numpyPermutation(access.seed, parts['database']!.length);
      return {
        classes: await classNames(join(folder, options.classes), classes),
        images: { kind: 'files', folder, paths },
        labels: labelsFromMultiHot(labels.flat(), labels.length, classes),
        // Lists are often in the order of classes, which would decide between equal distances.
        split: recordSplit(access.name, access.seed, {
          ...parts,
          database: Array.from(order, (i) => parts['database']![i]!),
        }),
      };
    },
    status: (root) => filesStatus(name, root),
  };
}

async function locate({ folder, train, query, database }: FilesOptions, access: Access): Promise<string> {
  const { name, root } = access;
  if (root === undefined) {
    throw new Error(
      `createDataset: expected root, the folder of the data sets, for "${name}", but got none.`,
    );
  }
  const candidates = folder === undefined ? possibleFolders(name, root) : [resolve(root, folder)];
  for (const candidate of candidates) {
    if (await exists(join(candidate, train))) return candidate;
  }
  throw new Error(
    `createDataset: expected the lists ${train}, ${query} and ${database} of "${name}" in ${candidates.join(' or ')}, but found none. ` +
      `Each line of a list is the path of an image from there, then 0 or 1 for each class.`,
  );
}

async function filesStatus(name: string, root: string | undefined): Promise<DatasetStatus> {
  if (root === undefined) return { found: false, detail: 'no folder of data sets was given' };
  for (const folder of possibleFolders(name, root)) {
    if (await exists(join(folder, 'train.txt'))) return { found: true, detail: folder };
  }
  return {
    found: false,
    detail: `put its images, train.txt, test.txt and database.txt into ${join(root, name, 'data')}`,
  };
}

function possibleFolders(name: string, root: string): readonly string[] {
  return [join(root, name, 'data'), join(root, name)];
}

async function classNames(path: string, classes: number): Promise<readonly string[]> {
  if (await exists(path)) return readNames(path, classes);
  return Array.from({ length: classes }, (_, i) => String(i));
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}
