import { expect, it } from '@jest/globals';
import { checkReader } from '@hash/core/testing';
import { openTorch } from './torch/openTorch.js';

/** Injured copies of each file; `HASH_FUZZ=100000` for a long run. */
const RUNS = Number(process.env['HASH_FUZZ'] ?? 150);

it.each(['torch/tensors.pth', 'torch/tensors.legacy.pth', 'torch/clip-tiny.pt'])(
  'injured copies of %s are read or refused, without a crash and without much memory',
  (name) =>
    expect(
      checkReader(new URL(`../../fixtures/${name}`, import.meta.url), openTorch, RUNS),
    ).resolves.toBeUndefined(),
  30_000 + RUNS * 20,
);
