import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Access, DatasetStatus } from '../catalogue/entry.js';

/** Where the files of a data set may lie. */
export interface Places {
  /** Of the data set. */
  readonly name: string;
  /** Files that tell that a folder is the right one: each a name, or names of which one is enough. */
  readonly marks: readonly (readonly string[])[];
  /** What has to be in the folder, in words. */
  readonly content: string;
  /** What a reader of the message that it is missing may not know. */
  readonly hint?: string;
}

/**
 * The folder that holds a data set: the one that its options name, else `<root>/<name>/data` or `<root>/<name>`.
 *
 * @throws Error  that says where it looked, and for what
 */
export async function findPlace(
  { name, marks, content, hint }: Places,
  wanted: string | null,
  { root }: Pick<Access, 'root'>,
): Promise<string> {
  const candidates = wanted === null ? possibleFolders(name, root) : [fromRoot(name, root, wanted)];
  for (const candidate of candidates) {
    const missing = await missingFrom(candidate, marks);
    if (missing.length === 0) return candidate;
    if (missing.length < marks.length)
      throw new Error(`${candidate}: expected ${missing.join(' and ')} of "${name}", but there is none.`);
  }
  const places = candidates.join(' or ');
  const explained = hint === undefined ? '' : ` ${hint}`;
  throw new Error(
    `createDataset: expected ${content} of "${name}" in ${places}, but found none.${explained}`,
  );
}

/** A path that a data set's options name. */
export function fromRoot(name: string, root: string | undefined, path: string): string {
  if (root !== undefined) return resolve(root, path);
  throw new Error(`createDataset: expected root, the folder of the data sets, for "${name}", but got none.`);
}

export async function placeStatus(
  { name, marks, content }: Places,
  root: string | undefined,
): Promise<DatasetStatus> {
  if (root === undefined) return { found: false, detail: 'no folder of data sets was given' };
  for (const folder of possibleFolders(name, root)) {
    if ((await missingFrom(folder, marks)).length === 0) return { found: true, detail: folder };
  }
  return { found: false, detail: `put ${content} into ${join(root, name, 'data')}` };
}

export async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined)) !== undefined;
}

/** The first of the files that a folder has. */
export async function firstOf(folder: string, names: readonly string[]): Promise<string | undefined> {
  for (const name of names) {
    if (await exists(join(folder, name))) return join(folder, name);
  }
  return undefined;
}

/** Of the marks, those that a folder has not. */
async function missingFrom(folder: string, marks: Places['marks']): Promise<readonly string[]> {
  const missing: string[] = [];
  for (const names of marks) {
    if ((await firstOf(folder, names)) === undefined) missing.push(names.join(' or '));
  }
  return missing;
}

function possibleFolders(name: string, root: string | undefined): readonly string[] {
  return [join(name, 'data'), name].map((folder) => fromRoot(name, root, folder));
}
