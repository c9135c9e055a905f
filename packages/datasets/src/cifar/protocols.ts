import type { NumpyRandom } from '../split/numpyRandom.js';
import { splitPerClass } from '../split/splitPerClass.js';

/** What a protocol looks at. */
export interface CifarLabels {
  /** The class of each image, the training images first. */
  readonly classIds: Uint8Array;
  readonly classes: number;
  /** Position of the first test image. */
  readonly testStart: number;
}

export interface CifarSplit {
  readonly train: readonly number[];
  readonly query: readonly number[];
  readonly database: readonly number[];
}

export type CifarProtocol = (labels: CifarLabels, random: NumpyRandom) => CifarSplit;

/** Of each class 100 queries, 500 for training and the other 5,400 to search in. */
export const cifar10: CifarProtocol = ({ classIds, classes }, random) => {
  const { query, train, rest } = splitPerClass(classIds, classes, () => ({ query: 100, train: 500 }), random);
  return { query, train, database: rest };
};

/** As `cifar10`, but the training images are searched as well: 5,900 of each class. */
export const cifar10Seen: CifarProtocol = (labels, random) => {
  const { query, train, database } = cifar10(labels, random);
  return { query, train, database: [...train, ...database] };
};

/** Of each class 1,000 queries and 5,000 for training, which are also what is searched. */
export const cifar10Full: CifarProtocol = ({ classIds, classes }, random) => {
  const { query, train } = splitPerClass(classIds, classes, () => ({ query: 1000, train: 5000 }), random);
  return { query, train, database: train };
};

/**
 * A sixth of each class for training, a twelfth queries and the rest to search in: of all 600 images of a class the
 * 100, 50 and 450 of SHC, of fewer as many fewer.
 */
export const cifar100: CifarProtocol = ({ classIds, classes }, random) => {
  const sizes = (available: number) => ({
    query: Math.floor(available / 12),
    train: Math.floor(available / 6),
  });
  const { query, train, rest } = splitPerClass(classIds, classes, sizes, random);
  return { query, train, database: rest };
};

/** The split of the data set's authors: test images are queries, training images are also what is searched. */
export const official: CifarProtocol = ({ classIds, testStart }) => {
  const positions = Array.from(classIds, (_, i) => i);
  const train = positions.slice(0, testStart);
  return { query: positions.slice(testStart), train, database: train };
};
