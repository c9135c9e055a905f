import { basename, join } from 'node:path';
import { exists } from '../files/findPlace.js';
import { readList } from '../files/readList.js';
import { readNames } from '../files/readNames.js';
import { readCarAnnotations, readClassNames, type Car } from './carAnnotations.js';
import { findFile } from './findFile.js';
import type { ReleaseReader } from './release.js';

/** The cars of a release, those to train on first, and what their classes are called. */
interface Cars {
  readonly train: readonly Car[];
  readonly test: readonly Car[];
  readonly classes: readonly string[];
}

/**
 * Reads Stanford Cars: lists of its official parts, or the annotations that its publishers give out in MATLAB's structs,
 * of all images in one file or of each part in its own.
 */
export const carsRelease: ReleaseReader = async (from) => {
  const found = await findFile(from, 'train.txt', 'cars_annos.mat', 'devkit/cars_train_annos.mat');
  const { train, test, classes } = await READERS[basename(found)]!(from, found);
  const cars = [...train, ...test];
  return {
    images: from,
    paths: cars.map(({ path }) => path),
    classes,
    ids: cars.map(({ id }) => [id]),
    official: {
      train: Array.from(train.keys()),
      query: Array.from(test.keys(), (i) => train.length + i),
    },
  };
};

async function readAnnotations(_: string, path: string): Promise<Cars> {
  const classes = await readClassNames(path);
  const cars = await readCarAnnotations(path, classes.length);
  return {
    train: cars.filter(({ isTest }) => !isTest),
    test: cars.filter(({ isTest }) => isTest),
    classes,
  };
}

async function readDevkit(from: string, trainPath: string): Promise<Cars> {
  const labelled = 'cars_test_annos_withlabels.mat';
  const testPath = await findFile(from, `devkit/${labelled}`, labelled);
  const classes = await readClassNames(await findFile(from, 'devkit/cars_meta.mat'));
  const inFolder = async (path: string, folder: string): Promise<Car[]> =>
    (await readCarAnnotations(path, classes.length)).map((car) => ({
      ...car,
      path: `${folder}/${car.path}`,
    }));
  return {
    train: await inFolder(trainPath, 'cars_train'),
    test: await inFolder(testPath, 'cars_test'),
    classes,
  };
}

async function readLists(from: string, trainList: string): Promise<Cars> {
  const cars = { train: [] as Car[], test: [] as Car[] };
  for (const [part, list] of [
    ['train', trainList],
    ['test', await findFile(from, 'test.txt')],
  ] as const)
    for await (const { path, ids } of readList(list))
      cars[part].push({ path, id: ids[0]!, isTest: part === 'test' });
  const named = join(from, 'classes.txt');
  if (await exists(named)) return { ...cars, classes: await readNames(named) };
  const count = [...cars.train, ...cars.test].reduce((most, { id }) => Math.max(most, id + 1), 0);
  return { ...cars, classes: Array.from({ length: count }, (_, i) => String(i)) };
}

const READERS: Readonly<Record<string, (from: string, path: string) => Promise<Cars>>> = {
  'train.txt': readLists,
  'cars_annos.mat': readAnnotations,
  'cars_train_annos.mat': readDevkit,
};
