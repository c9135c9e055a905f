import { readFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';
import type { SplitRecord } from '@hash/core';
import { readNpy } from '@hash/core/files';
import { z } from 'zod';
import { firstOf } from '../files/findPlace.js';
import { parseJson } from '../files/parseJson.js';
import { readLines } from '../files/readLines.js';
import { STRICT, type Inspector } from '../inspect/inspector.js';
import { completeParts } from './completeParts.js';
import { recordSplit, splitSha256, type SplitParts } from './splitSha256.js';

/** Names of lists without their ending, by the part that they are of. */
const LISTS: Readonly<Record<string, readonly string[]>> = {
  train: ['train', 'train_num'],
  query: ['query', 'test', 'query_num', 'test_num'],
  database: ['database', 'database_num'],
  validation: ['validation', 'val', 'val_num'],
};

const recordSchema = z.looseObject({
  protocol: z.string().optional(),
  seed: z.int().nullable().optional(),
  parts: z.record(z.string(), z.array(z.int().min(0))),
  sha256: z.string().optional(),
});

/** The items that a split is of. */
export interface SplitItems {
  readonly count: number;
  /** What they are called; positions alone name them where this is left out. */
  readonly names?: readonly string[];
}

/**
 * Reads a split that somebody has made: the `split.json` of a run, or a folder of lists `train`, `query` (or `test`),
 * `database` and perhaps `validation`. A list is a text file with a position or the name of an item in each line, of
 * which the first word counts, or an `.npy` file of positions.
 *
 * @param protocol  what the split is called, unless its file says
 * @throws Error  that names the file, what is expected and what is found there
 */
export async function readSplit(
  path: string,
  items: SplitItems,
  protocol: string,
  inspector: Inspector = STRICT,
): Promise<SplitRecord> {
  const isFolder = (await stat(path)).isDirectory();
  const read = isFolder ? { parts: await readLists(path, items) } : await readRecord(path);
  checkPositions(path, read.parts, items.count);
  const nameOf = (position: number) => items.names?.[position] ?? String(position);
  const parts = completeParts(read.parts, path, nameOf, inspector);
  const { protocol: named = `${protocol}, split of ${basename(path)}`, seed = null } =
    read as Partial<SplitRecord>;
  return recordSplit(named, seed, parts);
}

async function readRecord(path: string): Promise<z.infer<typeof recordSchema>> {
  const record = parseJson(await readFile(path, 'utf8'), path, recordSchema);
  const found = splitSha256(record.parts);
  if (record.sha256 !== undefined && record.sha256 !== found)
    throw new Error(`${path}: expected parts whose SHA-256 is ${record.sha256}, but theirs is ${found}.`);
  return record;
}

async function readLists(folder: string, items: SplitItems): Promise<SplitParts> {
  const positions = new Map(items.names?.map((name, position) => [name, position]));
  const parts: Record<string, readonly number[]> = {};
  for (const [part, names] of Object.entries(LISTS)) {
    const list = await firstOf(
      folder,
      names.flatMap((name) => [`${name}.txt`, `${name}.npy`]),
    );
    if (list === undefined) continue;
    parts[part] = list.endsWith('.npy') ? await readPositions(list) : await readList(list, positions);
  }
  return parts;
}

async function readPositions(path: string): Promise<readonly number[]> {
  return Array.from((await readNpy(path)).data, Number);
}

async function readList(path: string, positions: ReadonlyMap<string, number>): Promise<readonly number[]> {
  const found: number[] = [];
  for await (const { text, number } of readLines(path)) {
    const name = text.trim();
    if (name === '') continue;
    const word = name.split(/\s+/)[0]!;
    const position =
      positions.get(name) ?? positions.get(word) ?? (/^\d+$/.test(word) ? Number(word) : undefined);
    if (position === undefined)
      throw new Error(
        `${path}:${number}: expected an item of the data set, or its position, but found ${word}.`,
      );
    found.push(position);
  }
  return found;
}

function checkPositions(path: string, parts: SplitParts, count: number): void {
  for (const [part, positions] of Object.entries(parts)) {
    const seen = new Set<number>();
    for (const position of positions) {
      if (!Number.isInteger(position) || position < 0 || position >= count)
        throw new Error(
          `${path}: ${part}: expected positions from 0 to ${count - 1}, but found ${position}.`,
        );
      if (seen.has(position))
        throw new Error(`${path}: ${part}: expected each position once, but found ${position} twice.`);
      seen.add(position);
    }
  }
}
