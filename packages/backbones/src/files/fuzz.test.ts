import { expect, it } from '@jest/globals';
import { checkReader } from '@hash/core/testing';
import { openKeras } from '../weights/openKeras.js';
import { openTorch } from './torch/openTorch.js';

/** Injured copies of each file; `tools/fuzz` reads many more. */
const RUNS = 150;

it.each([
  ['torch/tensors.pth', openTorch],
  ['torch/tensors.legacy.pth', openTorch],
  ['torch/clip-tiny.pt', openTorch],
  ['keras-layers.h5', openKeras],
])('injured copies of %s are read or refused, without a crash and without much memory', (name, open) =>
  expect(
    checkReader(new URL(`../../fixtures/${name}`, import.meta.url), open, RUNS),
  ).resolves.toBeUndefined(),
);
