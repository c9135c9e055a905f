import { readFile } from 'node:fs/promises';

/** One line of a list: an image and whether it has each of the classes. */
export interface ListedItem {
  readonly path: string;
  /** 0 or 1, [classes] */
  readonly labels: readonly number[];
  readonly line: number;
}

/**
 * Reads a list as the field keeps them, `relative/path.jpg 0 1 0 ...`: an image in each line, then a 0 or 1 for each
 * class.
 *
 * @throws Error  that names the file and the line, what is expected and what is found there
 */
export async function readList(path: string): Promise<readonly ListedItem[]> {
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) throw new Error(`${path}: expected a line for each image, but it is empty.`);
  let classes: number | undefined;
  return lines.map((text, i) => {
    const item = parseLine(text, path, i + 1);
    classes ??= item.labels.length;
    if (item.labels.length === classes) return item;
    throw new Error(
      `${path}:${i + 1}: expected ${classes} labels as in line 1, but found ${item.labels.length}.`,
    );
  });
}

function parseLine(text: string, file: string, line: number): ListedItem {
  const [path, ...words] = text.trim().split(/\s+/);
  if (path === undefined || path === '' || words.length === 0) {
    throw new Error(
      `${file}:${line}: expected a path and labels of 0 and 1, but found ${JSON.stringify(text)}.`,
    );
  }
  if (path.startsWith('/') || path.split(/[/\\]/).includes('..')) {
    throw new Error(`${file}:${line}: expected a path inside the folder of the data set, but found ${path}.`);
  }
  const labels = words.map((word, i) => {
    if (word === '0' || word === '1') return Number(word);
    throw new Error(`${file}:${line}: expected 0 or 1 as label ${i + 1}, but found ${word}.`);
  });
  return { path, labels, line };
}
