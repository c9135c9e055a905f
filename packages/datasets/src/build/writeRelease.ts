import { mkdir, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { writeFileAtomically } from '@hash/core/data';
import { BUILT, writeBuilt } from '../files/built.js';
import { exists } from '../files/findPlace.js';
import type { SplitParts } from '../split/splitSha256.js';
import type { Release } from './release.js';

/** What to make of a release. */
export interface ReleaseCut {
  readonly dataset: string;
  readonly seed: number | null;
  /** Without parts, a manifest is written: its split is cut when it is opened. */
  readonly parts?: SplitParts;
  /** Writes the number of the class instead of 0 and 1 for each. */
  readonly single?: boolean;
}

const LISTS = { train: 'train.txt', query: 'test.txt', database: 'database.txt' } as const;

/** Where everything is written before it takes its place. */
const STAGE = '.building';

/**
 * Writes lists, or a manifest where there are texts, with the names of the classes and `built.json`, which tells what they
 * are. They take their places once all of them are written.
 *
 * @returns how many items each part has
 * @throws Error  where the folder has lists that no build has written
 */
export async function writeRelease(
  to: string,
  release: Release,
  { dataset, seed, parts, single = false }: ReleaseCut,
): Promise<Readonly<Record<string, number>>> {
  await refuseOthersLists(to);
  if (parts !== undefined) refuseBlanks(release);
  const files = new Map<string, Iterable<string>>();
  const counts: Record<string, number> = {};
  if (parts === undefined) {
    files.set('manifest.jsonl', manifestLines(release));
    counts['all'] = release.paths.length;
  }
  for (const [part, file] of Object.entries(LISTS)) {
    const positions = parts?.[part];
    if (positions === undefined) continue;
    files.set(file, listLines(release, positions, single));
    counts[part] = positions.length;
  }
  files.set('classes.txt', [release.classes.map((name) => `${name}\n`).join('')]);
  const stage = join(to, STAGE);
  await mkdir(stage, { recursive: true });
  try {
    for (const [file, lines] of files) await writeFileAtomically(join(stage, file), together(lines));
    await writeBuilt(stage, { dataset, seed, images: relative(to, release.images) || '.', counts });
    for (const file of [...files.keys(), BUILT]) await rename(join(stage, file), join(to, file));
  } finally {
    await rm(stage, { recursive: true, force: true });
  }
  return counts;
}

async function refuseOthersLists(to: string): Promise<void> {
  if (await exists(join(to, 'built.json'))) return;
  for (const file of [...Object.values(LISTS), 'manifest.jsonl'])
    if (await exists(join(to, file)))
      throw new Error(
        `${join(to, file)}: expected a folder without lists of somebody else; name another by --to.`,
      );
}

function refuseBlanks({ images, paths }: Release): void {
  const path = paths.find((path) => /\s/.test(path));
  if (path !== undefined)
    throw new Error(`${join(images, path)}: expected a path without blanks, which end it in a list.`);
}

function* listLines(
  { paths, classes, ids }: Release,
  positions: readonly number[],
  single: boolean,
): Generator<string> {
  for (const position of positions) {
    const path = paths[position]!;
    const has = new Set(ids[position]);
    const flags = classes.map((_, id) => (has.has(id) ? '1' : '0')).join(' ');
    yield single ? `${path}\t${ids[position]![0]!}\n` : `${path} ${flags}\n`;
  }
}

function* manifestLines({ paths, classes, ids, texts }: Release): Generator<string> {
  for (const [position, image] of paths.entries()) {
    const labels = ids[position]!.map((id) => classes[id]!);
    yield `${JSON.stringify({ image, text: texts![position]!, labels })}\n`;
  }
}

/** Lines in pieces that are worth a write. */
function* together(lines: Iterable<string>): Generator<string> {
  let piece = '';
  for (const line of lines) {
    piece += line;
    if (piece.length < 2 ** 18) continue;
    yield piece;
    piece = '';
  }
  yield piece;
}
