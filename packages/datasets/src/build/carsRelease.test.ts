import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { temporaryFolder } from '@hash/core/testing/temporaryFolder';
import { carsRelease } from './carsRelease.js';

// Made by tools/oracles/cars.py with SciPy.
const fixtures = fileURLToPath(new URL('../../fixtures/cars', import.meta.url));

const from = temporaryFolder(beforeEach, afterEach);

const copy = (file: string, to = file) => cpSync(join(fixtures, file), from.join(to), { recursive: true });

const release = {
  classes: ['AM General Hummer SUV 2000', 'Acura RL Sedan 2012', 'Volvo 240 Sedan 1993'],
  ids: [[0], [1], [1], [2], [2]],
  official: { train: [0, 1, 2], query: [3, 4] },
};

it("takes the release's annotations of all images, those to train on first", async () => {
  copy('cars_annos.mat');
  const paths = [1, 3, 4, 2, 5].map((i) => `car_ims/00000${i}.jpg`);
  expect(await carsRelease(from.path, {})).toEqual({ ...release, images: from.path, paths });
});

it.each(['devkit/', ''])(
  "takes the devkit's annotations of each part, those of tests in %j",
  async (folder) => {
    const labelled = 'cars_test_annos_withlabels.mat';
    copy('devkit/cars_train_annos.mat');
    await expect(carsRelease(from.path, {})).rejects.toThrow(
      `${from.path}: expected devkit/${labelled} or ${labelled}, but there is none.`,
    );
    copy(`devkit/${labelled}`, `${folder}${labelled}`);
    await expect(carsRelease(from.path, {})).rejects.toThrow(
      `${from.path}: expected devkit/cars_meta.mat, but there is none.`,
    );
    copy('devkit/cars_meta.mat');
    const paths = [
      ...[1, 3, 4].map((i) => `cars_train/0000${i}.jpg`),
      ...[2, 5].map((i) => `cars_test/0000${i}.jpg`),
    ];
    expect(await carsRelease(from.path, {})).toEqual({ ...release, images: from.path, paths });
  },
);

it('names the file and the struct that are not as expected', async () => {
  copy('wrong/cars_annos.mat', 'cars_annos.mat');
  await expect(carsRelease(from.path, {})).rejects.toThrow(
    `${from.path}/cars_annos.mat: annotations, struct 0, from 0: expected a class from 1 to 3, but found 300.`,
  );
  copy('devkit/cars_meta.mat', 'cars_annos.mat');
  await expect(carsRelease(from.path, {})).rejects.toThrow(
    `${from.path}/cars_annos.mat: annotations: the file has no such variable.`,
  );
  copy('devkit/cars_train_annos.mat', 'cars_annos.mat');
  await expect(carsRelease(from.path, {})).rejects.toThrow(
    `${from.path}/cars_annos.mat: class_names: the file has no such variable.`,
  );
});
