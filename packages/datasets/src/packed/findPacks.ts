import { existsSync } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { ListedFiles } from '../files/listedFiles.js';
import { INDEX, packFolder, PIXELS, type Pack, type PackKind } from './pack.js';
import { readPackIndex, type PackEntry } from './packIndex.js';
import { sameFile, stampFiles, type FileStamp } from './stampFiles.js';

/** A pack, and how much of a data set is in it. */
export interface FoundPack {
  readonly pack: Pack;
  /** Images that are packed ... */
  readonly packed: number;
  /** ... and those of which the files have changed since. */
  readonly changed: number;
  /** Why the images at these positions cannot be read. */
  readonly bad: ReadonlyMap<number, string>;
}

/** The packs of a list of files, those that have nothing of it left out. */
export async function findPacks(
  files: Pick<ListedFiles, 'folder' | 'paths' | 'reading'>,
): Promise<FoundPack[]> {
  const kinds = await kindsIn(files);
  if (kinds.length === 0) return [];
  const stamps = await stampFiles(files);
  const found = await Promise.all(kinds.map((kind) => findPack(files, kind, stamps)));
  return found.filter(({ packed, bad }) => packed + bad.size > 0);
}

async function kindsIn({ folder, reading }: Pick<ListedFiles, 'folder' | 'reading'>): Promise<PackKind[]> {
  const { orientation } = reading;
  const names = await readdir(join(folder, '.packed')).catch(() => []);
  return names.flatMap((name) => {
    const [, size, interpolation = 'bilinear'] =
      /^(?:(\d+)-(bilinear|bicubic)|original)(?:-stored)?$/.exec(name) ?? [];
    const kind: PackKind = {
      size: size === undefined ? null : Number(size),
      interpolation: interpolation as PackKind['interpolation'],
      orientation,
    };
    const path = packFolder(folder, kind);
    return path === join(folder, '.packed', name) && existsSync(join(path, PIXELS)) ? [kind] : [];
  });
}

async function findPack(
  { folder, paths }: Pick<ListedFiles, 'folder' | 'paths'>,
  kind: PackKind,
  stamps: readonly FileStamp[],
): Promise<FoundPack> {
  const path = join(packFolder(folder, kind), PIXELS);
  const { entries } = await readPackIndex(join(packFolder(folder, kind), INDEX));
  const { size: length } = await stat(path);
  const offsets = new Float64Array(new SharedArrayBuffer(8 * paths.length)).fill(-1);
  const shapes = new Uint32Array(new SharedArrayBuffer(12 * paths.length));
  const bad = new Map<number, string>();
  let [packed, changed] = [0, 0];
  paths.forEach((name, position) => {
    const entry = entries.get(name);
    if (entry === undefined) return;
    if (!sameFile(entry, stamps[position]!)) changed++;
    else if ('bad' in entry) bad.set(position, entry.bad);
    else if (endOf(entry) <= length) {
      packed++;
      offsets[position] = entry.offset;
      shapes.set([entry.width, entry.height, entry.crc], 3 * position);
    }
  });
  return { pack: { kind, path, offsets, shapes }, packed, changed, bad };
}

/** Where the pixels of an image end, in bytes; 0 for one that has none. */
export function endOf(entry: PackEntry): number {
  return 'bad' in entry ? 0 : entry.offset + 3 * entry.width * entry.height;
}
