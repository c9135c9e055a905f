import { expect, it } from '@jest/globals';
import { checkReader } from '@hash/core/testing';
import { openKeras } from '../weights/openKeras.js';
import { openTorch } from './torch/openTorch.js';

/** Injured copies of each file; `HASH_FUZZ=100000` for a long run. */
const RUNS = Number(process.env['HASH_FUZZ'] ?? 150);

/** HDF5 keeps some 100 KB of each file that it refused. */
const HDF5_RUNS = Math.min(RUNS, 2000);

it.each([
  ['torch/tensors.pth', openTorch, RUNS],
  ['torch/tensors.legacy.pth', openTorch, RUNS],
  ['torch/clip-tiny.pt', openTorch, RUNS],
  ['keras-layers.h5', openKeras, HDF5_RUNS],
])(
  'injured copies of %s are read or refused, without a crash and without much memory',
  (name, open, runs) =>
    expect(
      checkReader(new URL(`../../fixtures/${name}`, import.meta.url), open, runs),
    ).resolves.toBeUndefined(),
  30_000 + RUNS * 100,
);
