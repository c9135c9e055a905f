import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Rng } from '../random/rng.js';
import { fuzz } from '../testing/fuzz.js';
import type { ArrayFile } from './arrayFile.js';
import { readNpy } from './npy.js';
import { openNpz } from './npz.js';

/** Injured copies of each file; `HASH_FUZZ=100000` for a long run. */
const RUNS = Number(process.env['HASH_FUZZ'] ?? 150);

/** Of resident memory, beyond what it was: none of the files makes more than a few kilobytes of arrays. */
const MOST_BYTES = 300e6;

async function openNpy(path: string): Promise<ArrayFile> {
  const array = await readNpy(path);
  return {
    path,
    arrays: new Map([['array', array]]),
    read: () => Promise.resolve(array),
    close: () => Promise.resolve(),
  };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'fuzz-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

it.each([
  ['npz/version1.npy', openNpy],
  ['npz/version3.npy', openNpy],
  ['npz/stored.npz', openNpz],
  ['npz/deflated.npz', openNpz],
  ['npz/zip64.npz', openNpz],
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
