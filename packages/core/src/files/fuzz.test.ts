import { expect, it } from '@jest/globals';
import { checkReader } from '../testing/checkReader.js';
import type { ArrayFile } from './arrayFile.js';
import { openHdf5 } from './hdf5/openHdf5.js';
import { openMat } from './mat/openMat.js';
import { readNpy } from './npy.js';
import { openNpz } from './npz.js';
import { openSafetensors } from './safetensors.js';

/** Injured copies of each file; `HASH_FUZZ=100000` for a long run. */
const RUNS = Number(process.env['HASH_FUZZ'] ?? 150);

/** HDF5 keeps some 100 KB of each file that it refused. */
const HDF5_RUNS = Math.min(RUNS, 2000);

async function openNpy(path: string): Promise<ArrayFile> {
  const array = await readNpy(path);
  return {
    path,
    arrays: new Map([['array', array]]),
    read: () => Promise.resolve(array),
    close: () => Promise.resolve(),
  };
}

/** All of a MAT file's variables, those that are no arrays too. */
async function openWholeMat(path: string): Promise<ArrayFile> {
  const file = await openMat(path);
  try {
    for (const name of file.variables.keys()) await file.readVariable(name);
    return file;
  } catch (error) {
    await file.close();
    throw error;
  }
}

it.each([
  ['npz/version1.npy', openNpy, RUNS],
  ['npz/version3.npy', openNpy, RUNS],
  ['npz/stored.npz', openNpz, RUNS],
  ['npz/deflated.npz', openNpz, RUNS],
  ['npz/zip64.npz', openNpz, RUNS],
  ['mat/plain.mat', openMat, RUNS],
  ['mat/compressed.mat', openMat, RUNS],
  ['mat/bigEndian.mat', openMat, RUNS],
  ['mat/structs.mat', openWholeMat, RUNS],
  ['written.safetensors', openSafetensors, RUNS],
  ['hdf5/objects.h5', openHdf5, HDF5_RUNS],
])(
  'injured copies of %s are read or refused, without a crash and without much memory',
  (name, open, runs) =>
    expect(
      checkReader(new URL(`../../fixtures/${name}`, import.meta.url), open, runs),
    ).resolves.toBeUndefined(),
  30_000 + RUNS * 100,
);
