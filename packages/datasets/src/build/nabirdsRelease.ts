import { join } from 'node:path';
import { readLines, type Reading } from '../files/readLines.js';
import { findFile } from './findFile.js';
import type { Release, ReleaseReader } from './release.js';

/** Reads NABirds: images, classes and parts by the identifier of each photograph. */
export const nabirdsRelease: ReleaseReader = async (from, reading) => {
  const table = async (name: string) => readTable(await findFile(from, name), reading);
  const files = await table('images.txt');
  const [labels, flags, names] = [
    await table('image_class_labels.txt'),
    await table('train_test_split.txt'),
    await table('classes.txt'),
  ];
  // Classes are numbered anew, in the order of the folders: of all names in the file only some have photographs.
  const folders = [...new Set([...files.values()].map((path) => path.split('/')[0]!))].sort();
  const rank = new Map(folders.map((folder, id) => [Number(folder), id]));
  const official = { train: [] as number[], query: [] as number[] };
  const ids = Array.from(files.keys(), (photo, position): number[] => {
    official[flags.get(photo) === '1' ? 'train' : 'query'].push(position);
    const id = rank.get(Number(labels.get(photo)));
    if (id !== undefined) return [id];
    throw new Error(
      `${from}/image_class_labels.txt: expected the class of ${photo}, which has a folder of images, but found ${labels.get(photo) ?? 'none'}.`,
    );
  });
  const classes = folders.map((folder) => names.get(String(Number(folder))) ?? folder);
  return {
    images: join(from, 'images'),
    paths: [...files.values()],
    classes,
    ids,
    official,
  } satisfies Release;
};

/** The first word of each line, and what follows. */
async function readTable(path: string, reading: Reading): Promise<ReadonlyMap<string, string>> {
  const rows = new Map<string, string>();
  for await (const { text, number } of readLines(path, reading)) {
    const match = /^(\S+)\s+(.+)$/.exec(text.trim());
    if (match === null)
      throw new Error(`${path}:${number}: expected two words, but found ${JSON.stringify(text)}.`);
    rows.set(match[1]!, match[2]!.trim());
  }
  return rows;
}
