import { basename, join } from 'node:path';
import { exists } from '../files/findPlace.js';
import { readLines, type Reading } from '../files/readLines.js';
import { findFile } from './findFile.js';
import type { Release, ReleaseReader } from './release.js';

/** The 21 most frequent of 81 concepts, as the field has them. */
export const NUSWIDE_21: readonly string[] = [
  ...['animal', 'beach', 'buildings', 'clouds', 'flowers', 'grass', 'lake', 'mountain', 'ocean', 'person'],
  ...['plants', 'reflection', 'road', 'rocks', 'sky', 'snow', 'sunset', 'tree', 'vehicle', 'water', 'window'],
];

/** The ten most frequent. */
export const NUSWIDE_10: readonly string[] = [
  ...['animal', 'buildings', 'clouds', 'grass', 'lake', 'person', 'plants', 'sky', 'water', 'window'],
];

/** What the cross-modal code bases say of an image without tags (authors' code). */
const NO_TAGS = '123456';

/** Reads NUS-WIDE: its list of images, the concepts of each and, where they are wanted, its tags. */
export function nuswideRelease(concepts: readonly string[], withTags: boolean): ReleaseReader {
  return async (from, reading) => {
    const list = await findFile(from, 'ImageList/Imagelist.txt', 'ImageList/ImageList.txt', 'Imagelist.txt');
    const files: string[] = [];
    for await (const { text } of readLines(list, reading)) files.push(text.trim().replaceAll('\\', '/'));
    const ids = files.map((): number[] => []);
    for (const [id, concept] of concepts.entries()) await addConcept(from, concept, id, ids, list, reading);
    const texts = withTags ? await readTags(from, files, reading) : undefined;
    const kept = Array.from(files.keys()).filter((position) => ids[position]!.length > 0);
    const inFolders = await exists(join(from, 'Flickr'));
    return {
      images: from,
      paths: kept.map((i) => (inFolders ? `Flickr/${files[i]!}` : `images/${basename(files[i]!)}`)),
      classes: concepts,
      ids: kept.map((i) => ids[i]!),
      ...(texts && { texts: kept.map((i) => [texts[i]!]) }),
    } satisfies Release;
  };
}

async function addConcept(
  from: string,
  concept: string,
  id: number,
  ids: readonly number[][],
  list: string,
  reading: Reading,
): Promise<void> {
  const name = `Labels_${concept}.txt`;
  const path = await findFile(from, `Groundtruth/AllLabels/${name}`, `AllLabels/${name}`, name);
  let count = 0;
  for await (const { text, number } of readLines(path, reading)) {
    const value = text.trim();
    if (value !== '0' && value !== '1')
      throw new Error(`${path}:${number}: expected 0 or 1, but found ${JSON.stringify(value)}.`);
    if (value === '1') ids[number - 1]?.push(id);
    count = number;
  }
  if (count !== ids.length)
    throw new Error(`${path}: expected ${ids.length} lines, as ${list} has, but found ${count}.`);
}

/** Tags by position. Each line begins with the number of its photograph, which the name of the image ends in. */
async function readTags(
  from: string,
  files: readonly string[],
  reading: Reading,
): Promise<readonly string[]> {
  const path = await findFile(from, 'NUS_WID_Tags/All_Tags.txt', 'All_Tags.txt');
  const texts: string[] = [];
  for await (const { text, number } of readLines(path, reading)) {
    const [photo = '', ...tags] = text.trim().split(/\s+/);
    const file = files[number - 1];
    if (file !== undefined && !basename(file).endsWith(`_${photo}.jpg`))
      throw new Error(`${path}:${number}: expected the tags of ${file}, but found those of ${photo}.`);
    texts.push(tags.length === 0 ? NO_TAGS : tags.join(' '));
  }
  if (texts.length === files.length) return texts;
  throw new Error(`${path}: expected ${files.length} lines, one for each image, but found ${texts.length}.`);
}
