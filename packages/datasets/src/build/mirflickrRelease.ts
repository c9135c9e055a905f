import { readdir } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { exists } from '../files/findPlace.js';
import { readLines, type Reading } from '../files/readLines.js';
import { findFile } from './findFile.js';
import type { Release, ReleaseReader } from './release.js';

/**
 * Reads MIRFlickr-25K: `im1.jpg` and so on, and a file of image numbers for each label.
 *
 * The order of the labels is that of the characters of their names; the field's scripts take whatever order a folder has.
 *
 * @param relevant  whether to take the labels `_r1` too, of what is clearly to be seen: 38 labels instead of 24
 * @param withTags  takes images with a label alone, in the order of their numbers as text, and their tags
 */
export function mirflickrRelease(relevant: boolean, withTags: boolean): ReleaseReader {
  return async (from, reading) => {
    const first = await findFile(from, 'mirflickr/im1.jpg', 'images/im1.jpg', 'im1.jpg');
    const folder = join(first, '..');
    const numbers = (await readdir(folder))
      .flatMap((name) => /^im(\d+)\.jpg$/.exec(name)?.slice(1).map(Number) ?? [])
      .sort((a, b) => (withTags ? (String(a) < String(b) ? -1 : 1) : a - b));
    const labels = await labelFiles(from, relevant);
    const idsOf = new Map(numbers.map((number): [number, number[]] => [number, []]));
    for (const [id, path] of labels.entries()) await addLabel(path, id, idsOf, reading);
    const kept = withTags ? numbers.filter((number) => idsOf.get(number)!.length > 0) : numbers;
    return {
      images: from,
      paths: kept.map((number) => join(relative(from, folder), `im${number}.jpg`)),
      classes: labels.map((path) => basename(path, '.txt')),
      ids: kept.map((number) => idsOf.get(number)!),
      ...(withTags && { texts: await readTags(from, folder, kept, reading) }),
    } satisfies Release;
  };
}

async function labelFiles(from: string, relevant: boolean): Promise<readonly string[]> {
  const animals = 'animals.txt';
  const found = await findFile(
    from,
    `mirflickr25k_annotations_v080/${animals}`,
    `annotations/${animals}`,
    animals,
  );
  const folder = join(found, '..');
  return (await readdir(folder))
    .filter((name) => /^[a-z_]+(_r1)?\.txt$/.test(name) && (relevant || !name.endsWith('_r1.txt')))
    .sort()
    .map((name) => join(folder, name));
}

async function addLabel(
  path: string,
  id: number,
  idsOf: ReadonlyMap<number, number[]>,
  reading: Reading,
): Promise<void> {
  for await (const { text, number } of readLines(path, reading)) {
    if (text.trim() === '') continue;
    const ids = idsOf.get(Number(text));
    if (ids === undefined)
      throw new Error(
        `${path}:${number}: expected the number of an image that is there, but found ${text.trim()}.`,
      );
    if (ids.at(-1) !== id) ids.push(id);
  }
}

async function readTags(
  from: string,
  folder: string,
  numbers: readonly number[],
  reading: Reading,
): Promise<string[][]> {
  const near = join(relative(from, folder), 'meta/tags');
  const tags = await findFile(from, near, 'meta/tags', 'tags');
  const texts: string[][] = [];
  for (const number of numbers) {
    const path = join(tags, `tags${number}.txt`);
    if (!(await exists(path)))
      throw new Error(`${path}: expected the tags of im${number}.jpg, but there is no such file.`);
    const words: string[] = [];
    for await (const { text } of readLines(path, reading)) if (text.trim() !== '') words.push(text.trim());
    texts.push([words.join(' ')]);
  }
  return texts;
}
