import { z } from 'zod';
import { parseJson } from '../files/parseJson.js';
import { readLines } from '../files/readLines.js';
import { STRICT, type Inspector } from '../inspect/inspector.js';

const PARTS = ['train', 'query', 'database', 'validation'] as const;
export type ManifestPart = (typeof PARTS)[number];

const partSchema = z.enum(PARTS);

/** A line of a manifest; what it says beside this is left alone. */
const lineSchema = z.looseObject({
  image: z.string().min(1).describe('path of an image, absolute or from the folder of the manifest'),
  text: z
    .union([z.string(), z.array(z.string()).min(1)])
    .optional()
    .describe('what is said of the image: a text, or several'),
  labels: z.array(z.union([z.int().min(0), z.string().min(1)])).describe('names or numbers of its classes'),
  part: z
    .union([partSchema, z.array(partSchema)])
    .optional()
    .describe('parts of the split that it is in'),
});

export interface ManifestItem {
  readonly image: string;
  /** Undefined where there are only images. */
  readonly texts: readonly string[] | undefined;
  readonly labels: readonly (number | string)[];
  /** Undefined where the split is to be cut. */
  readonly parts: readonly ManifestPart[] | undefined;
  readonly line: number;
}

/**
 * Reads a manifest: a JSON object in each line, for an item of the user's own data.
 *
 *     {"image": "photos/1.jpg", "text": "two dogs on a beach", "labels": ["dog", "beach"]}
 *
 * @throws Error  that names the file and the line, what is expected and what is found there
 */
export async function* readManifest(
  path: string,
  inspector: Inspector = STRICT,
): AsyncGenerator<ManifestItem, void, undefined> {
  let first: ManifestItem | undefined;
  for await (const { text, number } of readLines(path)) {
    if (text.trim() === '') continue;
    const place = `${path}:${number}`;
    try {
      const item = itemOf(text, number, place);
      first ??= item;
      checkLike(item, first, place);
      yield item;
    } catch (error) {
      inspector.problem((error as Error).message);
    }
  }
  if (first === undefined)
    inspector.problem(`${path}: expected a JSON object in each line, but it is empty.`);
}

function itemOf(text: string, line: number, place: string): ManifestItem {
  const { image, text: texts, labels, part } = parseJson(text, place, lineSchema);
  return {
    image,
    texts: typeof texts === 'string' ? [texts] : texts,
    labels,
    parts: typeof part === 'string' ? [part] : part,
    line,
  };
}

/** What one line has, all must have: whoever leaves out a text has made a mistake. */
function checkLike(item: ManifestItem, first: ManifestItem, place: string): void {
  const has = { text: (i: ManifestItem) => i.texts, part: (i: ManifestItem) => i.parts };
  for (const [key, of] of Object.entries(has)) {
    const [here, there] = [item, first].map((i) => of(i) !== undefined);
    if (here !== there)
      throw new Error(`${place}: expected ${there ? 'a' : 'no'} ${key}, as in line ${first.line}.`);
  }
  const kinds = new Set([...first.labels, ...item.labels].map((label) => typeof label));
  if (kinds.size > 1)
    throw new Error(
      `${place}: labels: expected names of classes or their numbers, the same in all lines, but found both.`,
    );
}
