import type { ExpectedFile } from './fileMismatch.js';

/** A data set as its authors publish it: one .tar.gz that holds one folder. */
export interface Archive extends Required<ExpectedFile> {
  readonly title: string;
  readonly url: string;
  /** What it unpacks to. */
  readonly folder: string;
  /** The files that must be in the folder, with their bytes; null where any but 0 will do. */
  readonly files: Readonly<Record<string, number | null>>;
}

export type ArchiveName = 'cifar10' | 'cifar100';

/** MD5 from https://www.cs.toronto.edu/~kriz/cifar.html; sizes and SHA-256 from TensorFlow Datasets' url_checksums. */
export const ARCHIVES: Readonly<Record<ArchiveName, Archive>> = {
  cifar10: {
    title: 'CIFAR-10',
    url: 'https://www.cs.toronto.edu/~kriz/cifar-10-binary.tar.gz',
    size: 170_052_171,
    md5: 'c32a1d4ab5d03f1284b67883e8d87530',
    sha256: 'c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd',
    folder: 'cifar-10-batches-bin',
    files: {
      'data_batch_1.bin': 30_730_000,
      'data_batch_2.bin': 30_730_000,
      'data_batch_3.bin': 30_730_000,
      'data_batch_4.bin': 30_730_000,
      'data_batch_5.bin': 30_730_000,
      'test_batch.bin': 30_730_000,
      'batches.meta.txt': null,
    },
  },
  cifar100: {
    title: 'CIFAR-100',
    url: 'https://www.cs.toronto.edu/~kriz/cifar-100-binary.tar.gz',
    size: 168_513_733,
    md5: '03b5dce01913d631647c71ecec9e9cb8',
    sha256: '58a81ae192c23a4be8b1804d68e518ed807d710a4eb253b1f2a199162a40d8ec',
    folder: 'cifar-100-binary',
    files: {
      'train.bin': 153_700_000,
      'test.bin': 30_740_000,
      'coarse_label_names.txt': null,
      'fine_label_names.txt': null,
    },
  },
};
