import { join } from 'node:path';
import { labelsFromClassIds } from '@hash/core/data';
import { z } from 'zod';
import type { Access, Content, Entry } from '../catalogue/entry.js';
import { exists, firstOf, fromRoot } from '../files/findPlace.js';
import { imageFileOptions, type ImageFileOptions } from '../image/imageFileOptions.js';
import { NumpyRandom } from '../split/numpyRandom.js';
import { shuffle, splitPerClass } from '../split/splitPerClass.js';
import { recordSplit } from '../split/splitSha256.js';
import { readClassFolders, subfolders } from './classFolders.js';

const folderOptions = z.strictObject({
  folder: z
    .string()
    .default('folder')
    .describe('folder of folders of images, one for each class, from the root'),
  query: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('queries of each class, where there are no folders train and query; null: a tenth'),
  train: z
    .int()
    .min(1)
    .nullable()
    .default(null)
    .describe('images of each class to train on, likewise; null: all that are searched'),
  ...imageFileOptions,
});

type FolderOptions = z.infer<typeof folderOptions>;

/** Images in a folder for each class: `dog/1.jpg`; or already cut: `train/dog/1.jpg`, `query/dog/2.jpg`. */
export function folderEntry(name: string): Entry<FolderOptions> {
  return {
    options: folderOptions,
    async open(options, access) {
      const folder = fromRoot(name, access.root, options.folder);
      if (!(await exists(folder)))
        throw new Error(`${folder}: expected a folder of images, but there is none.`);
      const query = await firstOf(folder, ['query', 'test', 'val']);
      if (!(await exists(join(folder, 'train')))) return cutFolder(folder, options, access);
      if (query !== undefined) return openCut(folder, query, options, access);
      throw new Error(`${folder}: expected a folder query, test or val beside train, but there is none.`);
    },
    async status(root) {
      if (root === undefined) return { found: false, detail: 'no folder of data sets was given' };
      const folder = join(root, 'folder');
      if (await exists(folder)) return { found: true, detail: folder };
      return { found: false, detail: `name it by dataset.options.folder, or put it into ${folder}` };
    },
  };
}

/** Folders that somebody has cut; the classes are those of train. Without a folder `database` train is searched. */
async function openCut(
  folder: string,
  queries: string,
  options: FolderOptions,
  { name, inspector }: Access,
): Promise<Content> {
  const classes = await subfolders(join(folder, 'train'));
  const folders = { train: join(folder, 'train'), query: queries, database: join(folder, 'database') };
  const paths: string[] = [];
  const classIds: number[] = [];
  const parts: Record<string, number[]> = {};
  for (const [part, from] of Object.entries(folders)) {
    if (part === 'database' && !(await exists(from))) continue;
    const found = await readClassFolders(from, classes, inspector);
    parts[part] = found.paths.map((_, i) => paths.length + i);
    paths.push(...found.paths.map((path) => join(from, path)));
    classIds.push(...found.classIds);
  }
  return {
    ...contentOf(folder, options, paths, classIds, classes),
    split: recordSplit(name, null, { ...parts, database: parts['database'] ?? parts['train']! }),
  };
}

async function cutFolder(folder: string, options: FolderOptions, access: Access): Promise<Content> {
  const classes = await subfolders(folder);
  const { paths, classIds } = await readClassFolders(folder, classes, access.inspector);
  const counts = Array.from(classes, (_, id) => classIds.filter((found) => found === id).length);
  counts.forEach((count, id) => {
    const least = (options.query ?? 1) + (options.train ?? 1);
    if (count < least)
      access.inspector.problem(
        `${join(folder, classes[id]!)}: expected at least ${least} images, so that some are queries and others are searched, but found ${count}.`,
      );
  });
  const random = new NumpyRandom(access.seed);
  const sizes = (available: number) => {
    const query = options.query ?? Math.max(1, Math.floor(available / 10));
    return { query, train: options.train ?? Math.max(0, available - query) };
  };
  const { query, train, rest } = splitPerClass(classIds, classes.length, sizes, random);
  const database = shuffle([...train, ...rest], random);
  return {
    ...contentOf(folder, options, paths, classIds, classes),
    split: recordSplit(access.name, access.seed, { train, query, database }),
  };
}

function contentOf(
  folder: string,
  reading: ImageFileOptions,
  paths: readonly string[],
  classIds: readonly number[],
  classes: readonly string[],
): Omit<Content, 'split'> {
  return {
    classes,
    images: { kind: 'files', folder, paths, reading },
    names: paths,
    labels: labelsFromClassIds(classIds, Math.max(1, classes.length)),
  };
}
