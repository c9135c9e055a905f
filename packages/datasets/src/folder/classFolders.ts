import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { findImages } from '../files/findImages.js';
import type { Inspector } from '../inspect/inspector.js';

/** Images in folders that are named as their classes. */
export interface ClassFolders {
  /** From the folder that holds those of the classes. */
  readonly paths: readonly string[];
  /** The class of each image. */
  readonly classIds: readonly number[];
}

/** The folders in a folder, in the order of their characters. */
export async function subfolders(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory() && !entry.name.startsWith('.'))
    .map(({ name }) => name)
    .sort();
}

/** @param classes  names of the folders to look into; a folder that is none of them is a problem */
export async function readClassFolders(
  folder: string,
  classes: readonly string[],
  inspector: Inspector,
): Promise<ClassFolders> {
  for (const name of await subfolders(folder)) {
    if (!classes.includes(name))
      inspector.problem(`${join(folder, name)}: expected a class of train, but it has none of that name.`);
  }
  const paths = await findImages(folder);
  const ids = new Map(classes.map((name, id) => [name, id]));
  const inClass = paths.filter((path) => ids.has(path.slice(0, path.indexOf('/'))));
  for (const path of paths) {
    if (!path.includes('/'))
      inspector.note(`${join(folder, path)}: expected an image in the folder of its class; it is left out.`);
  }
  if (inClass.length === 0)
    inspector.problem(`${folder}: expected images in folders named as their classes, but found none.`);
  return { paths: inClass, classIds: inClass.map((path) => ids.get(path.slice(0, path.indexOf('/')))!) };
}
