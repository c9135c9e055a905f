import { expect, it } from '@jest/globals';
import { checkReader } from '../testing/checkReader.js';
import { openWholeMat } from '../testing/openWholeMat.js';
import type { ArrayFile } from './arrayFile.js';
import { openHdf5 } from './hdf5/openHdf5.js';
import { readNpy } from './npy.js';
import { openNpz } from './npz.js';
import { openSafetensors } from './safetensors.js';

/** Injured copies of each file; `tools/fuzz` reads many more. */
const RUNS = 150;

async function openNpy(path: string): Promise<ArrayFile> {
  const array = await readNpy(path);
  return {
    path,
    arrays: new Map([['array', array]]),
    read: () => Promise.resolve(array),
    close: () => Promise.resolve(),
  };
}

it.each([
  ['npz/version1.npy', openNpy],
  ['npz/version3.npy', openNpy],
  ['npz/stored.npz', openNpz],
  ['npz/deflated.npz', openNpz],
  ['npz/zip64.npz', openNpz],
  ['mat/plain.mat', openWholeMat],
  ['mat/compressed.mat', openWholeMat],
  ['mat/bigEndian.mat', openWholeMat],
  ['mat/structs.mat', openWholeMat],
  ['written.safetensors', openSafetensors],
  ['hdf5/objects.h5', openHdf5],
])('injured copies of %s are read or refused, without a crash and without much memory', (name, open) =>
  expect(
    checkReader(new URL(`../../fixtures/${name}`, import.meta.url), open, RUNS),
  ).resolves.toBeUndefined(),
);
