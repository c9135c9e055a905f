import { STRICT, type Inspector } from '../inspect/inspector.js';
import { readLines, type Line } from './readLines.js';

/** One line of a list: an image and its classes. */
export interface ListedItem {
  readonly path: string;
  /** Classes that it has, ascending. */
  readonly ids: readonly number[];
  /** Numbers behind the path: one for each class, or 1 where the number is that of the class. */
  readonly columns: number;
  readonly line: number;
}

/**
 * Reads a list as the field keeps them: in each line the path of an image, then `0` or `1` for each class, or else the
 * number of its one class, from 0.
 *
 *     train2014/COCO_train2014_000000072095.jpg 0 1 0 1
 *     car_ims/000001.jpg<TAB>195
 *
 * @throws Error  that names the file and the line, what is expected and what is found there
 */
export async function* readList(
  path: string,
  inspector: Inspector = STRICT,
): AsyncGenerator<ListedItem, void, undefined> {
  let empty = true;
  for await (const line of readLines(path)) {
    empty = false;
    const item = parseLine(line);
    if (typeof item === 'string') inspector.problem(`${path}:${line.number}: ${item}`);
    else yield item;
  }
  if (empty) inspector.problem(`${path}: expected a line for each image, but it is empty.`);
}

/** @returns what is wrong where something is */
function parseLine({ text, number: line }: Line): ListedItem | string {
  const [path = '', ...words] = text.trim().split(/\s+/);
  if (words.length === 0)
    return `expected a path and labels of 0 and 1, but found ${JSON.stringify(text.slice(0, 200))}.`;
  const outside = problemOfPath(path);
  if (outside !== undefined) return outside;
  const ids = parseLabels(words);
  return typeof ids === 'string' ? ids : { path, ids, columns: words.length, line };
}

/** @returns the classes of `0` and `1` for each, or of a single number; what is wrong where something is */
export function parseLabels(words: readonly string[]): readonly number[] | string {
  if (words.length === 1) {
    const id = Number(words[0]);
    const isClass = /^\d+$/.test(words[0]!) && id < MOST_CLASSES;
    return isClass ? [id] : `expected the number of a class, from 0, but found ${words[0]!}.`;
  }
  const ids: number[] = [];
  for (const [id, word] of words.entries()) {
    if (word === '1') ids.push(id);
    else if (word !== '0') return `expected 0 or 1 as label ${id + 1}, but found ${word}.`;
  }
  return ids;
}

/** More than any data set has: what is above is no number of a class. */
const MOST_CLASSES = 2 ** 20;

/** What is wrong with the path of an image, if anything: it leads out of the folder of the data set. */
export function problemOfPath(path: string): string | undefined {
  return path.startsWith('/') || path.split(/[/\\]/).includes('..')
    ? `expected a path inside the folder of the data set, but found ${path}.`
    : undefined;
}
