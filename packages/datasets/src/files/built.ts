import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { writeFileAtomically } from '@hash/core/data';
import { z } from 'zod';
import { parseJson } from './parseJson.js';

/** What is written beside lists that were built from an original release. */
export const builtSchema = z.strictObject({
  dataset: z.string(),
  seed: z.int().min(0).nullable().describe('of the split; null where the publishers have cut it'),
  images: z.string().describe('folder where the paths in the lists start, from the folder of this file'),
  counts: z.record(z.string(), z.int()).describe('items of each part'),
});

export type Built = z.infer<typeof builtSchema>;

export const BUILT = 'built.json';

/** What was built in a folder, with the path of the images made absolute; undefined where nothing was. */
export async function readBuilt(folder: string): Promise<Built | undefined> {
  const path = join(folder, BUILT);
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (text === undefined) return undefined;
  const built = parseJson(text, path, builtSchema);
  return { ...built, images: resolve(folder, built.images) };
}

export async function writeBuilt(folder: string, built: Built): Promise<void> {
  await writeFileAtomically(join(folder, BUILT), [`${JSON.stringify(built, null, 2)}\n`]);
}
