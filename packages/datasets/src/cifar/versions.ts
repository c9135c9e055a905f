import { join } from 'node:path';
import type { CifarVersion } from './cifarEntry.js';
import { readNames } from '../files/readNames.js';
import { CIFAR10, CIFAR100 } from './recordFormat.js';

const RECORDS = 10_000;

const CIFAR10_CLASSES = [
  ...['airplane', 'automobile', 'bird', 'cat', 'deer'],
  ...['dog', 'frog', 'horse', 'ship', 'truck'],
];

export const cifar10Version: CifarVersion = {
  archive: 'cifar10',
  format: CIFAR10,
  classes: 10,
  published: 60_000,
  files: [
    ...[1, 2, 3, 4, 5].map((i) => ({ name: `data_batch_${i}.bin`, records: RECORDS })),
    { name: 'test_batch.bin', records: RECORDS },
  ],
  classNames: () => Promise.resolve(CIFAR10_CLASSES),
};

/** Takes as many images as there are: parts of the data set are in use, and its protocols go by shares. */
export const cifar100Version: CifarVersion = {
  archive: 'cifar100',
  format: CIFAR100,
  classes: 100,
  published: 60_000,
  files: [{ name: 'train.bin' }, { name: 'test.bin' }],
  classNames: (folder) => readNames(join(folder, 'fine_label_names.txt'), 100),
};
