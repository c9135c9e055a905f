import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { writeFileAtomically } from '@hash/core';
import type { Merges } from './merges.js';

/** What CLIP's vocabulary uses of its file, which has five times as many. */
const MOST_MERGES = 48_894;

/** Far above the 3 MB of CLIP's file. */
const MOST_BYTES = 2 ** 26;

/**
 * Reads a file of merges as CLIP publishes them (`bpe_simple_vocab_16e6.txt.gz`): a headline, then a merge on each line,
 * its two symbols parted by a space; as text or gzipped.
 *
 * @throws Error  that names the file and the line that is no merge
 */
export async function readMerges(path: string): Promise<Merges> {
  const lines = (await readText(path)).split('\n').slice(1, 1 + MOST_MERGES);
  if (lines.at(-1) === '') lines.pop();
  return lines.map((line, i) => {
    const [left, right, ...others] = line.split(' ');
    if (left && right && others.length === 0) return [left, right];
    throw new Error(`${path}: line ${i + 2}: expected two symbols, but found ${JSON.stringify(line)}.`);
  });
}

/** Writes merges as text that {@link readMerges} reads. */
export async function writeMerges(path: string, merges: Merges): Promise<void> {
  const lines = merges.map(([left, right]) => `${left} ${right}\n`);
  await writeFileAtomically(path, ['#version: 0.2\n', ...lines]);
}

async function readText(path: string): Promise<string> {
  const bytes = await readFile(path);
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) return bytes.toString('utf8');
  try {
    const text = await promisify(gunzip)(bytes, { maxOutputLength: MOST_BYTES });
    return text.toString('utf8');
  } catch (error) {
    throw new Error(`${path}: expected a gzipped text, but found: ${(error as Error).message}.`, {
      cause: error,
    });
  }
}
