import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Rng } from '@hash/core';
import { fuzz } from '@hash/core/testing';
import { openTorch } from './torch/openTorch.js';

/** Injured copies of each file; `HASH_FUZZ=100000` for a long run. */
const RUNS = Number(process.env['HASH_FUZZ'] ?? 150);

/** Of resident memory, beyond what it was: none of the files makes more than a few kilobytes of arrays. */
const MOST_BYTES = 300e6;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['torch/tensors.pth', openTorch],
  ['torch/tensors.legacy.pth', openTorch],
  ['torch/clip-tiny.pt', openTorch],
])(
  'injured copies of %s are read or refused, without a crash and without much memory',
  async (name, open) => {
    const original = readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
    const before = process.memoryUsage().rss;
    const options = { runs: RUNS, rng: new Rng(name) };
    const { refused } = await fuzz(original, join(folder, name.replace('/', '-')), open, options);
    expect(refused).toBeGreaterThan(RUNS / 4);
    expect(process.memoryUsage().rss - before).toBeLessThan(MOST_BYTES);
  },
  30_000 + RUNS * 20,
);
