import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ArrayFile } from '../files/arrayFile.js';
import { Rng } from '../random/rng.js';
import { fuzz } from './fuzz.js';

/** Of resident memory, beyond what it was: a small file makes no more than some kilobytes of arrays. */
const MOST_BYTES = 300e6;

/**
 * Fuzzes a reader: injured copies of a small file are read or refused, without a crash and without much memory, and a
 * quarter of them at least is refused.
 *
 * @param original  seeds the injuries by its name
 */
export async function checkReader(
  original: URL,
  open: (path: string) => Promise<ArrayFile>,
  runs: number,
): Promise<void> {
  const name = basename(fileURLToPath(original));
  const folder = await mkdtemp(join(tmpdir(), 'fuzz-'));
  try {
    // What the reader loads at its first use is not the copies' doing.
    await (await open(fileURLToPath(original))).close();
    const before = process.memoryUsage().rss;
    const copies = { runs, rng: new Rng(name) };
    const { refused } = await fuzz(await readFile(original), join(folder, name), open, copies);
    assert.ok(refused > runs / 4, `only ${refused} of ${runs} injured copies of ${name} were refused`);
    const grown = process.memoryUsage().rss - before;
    assert.ok(grown < MOST_BYTES, `reading injured copies of ${name} took ${grown} bytes`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
