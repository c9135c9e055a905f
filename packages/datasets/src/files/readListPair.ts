import { STRICT, type Inspector } from '../inspect/inspector.js';
import { exists } from './findPlace.js';
import { parseLabels, problemOfPath, type ListedItem } from './readList.js';
import { readLines } from './readLines.js';

const IMAGES = '_img.txt';
const LABELS = '_label_onehot.txt';

/** How a list that is in two files is called, where `train.txt` would be one: `train_img.txt`. */
export function nameOfPair(list: string): string {
  return list.replace(/\.txt$/, IMAGES);
}

export function isListPair(path: string): boolean {
  return path.endsWith(IMAGES);
}

/**
 * Reads a list that is in two files: the path of an image in each line of `<name>_img.txt`, and in the same line of
 * `<name>_label_onehot.txt` a 0 or 1 for each class.
 *
 * @param path  of the former
 * @throws Error  that names the file and the line, what is expected and what is found there
 */
export async function* readListPair(
  path: string,
  inspector: Inspector = STRICT,
): AsyncGenerator<ListedItem, void, undefined> {
  const labelPath = path.slice(0, -IMAGES.length) + LABELS;
  if (!(await exists(labelPath)))
    return inspector.problem(`${labelPath}: expected the labels of ${path}, but there is no such file.`);
  const rows = readLines(labelPath);
  let count = 0;
  try {
    for await (const { text, number: line } of readLines(path)) {
      const row = await rows.next();
      if (row.done === true)
        return inspector.problem(`${labelPath}:${line}: expected labels of ${path}:${line}, but it ends.`);
      count = line;
      const image = text.trim();
      const words = row.value.text.trim().split(/\s+/);
      const ids = words.length > 1 ? parseLabels(words) : notEach(row.value.text);
      const wrong =
        image === '' ? 'expected the path of an image, but the line is empty.' : problemOfPath(image);
      if (wrong !== undefined) inspector.problem(`${path}:${line}: ${wrong}`);
      else if (typeof ids === 'string') inspector.problem(`${labelPath}:${line}: ${ids}`);
      else yield { path: image, ids, columns: words.length, line };
    }
    if (count === 0) inspector.problem(`${path}: expected a line for each image, but it is empty.`);
    else if ((await rows.next()).done !== true)
      inspector.problem(`${labelPath}: expected ${count} lines, as many as ${path} has, but found more.`);
  } finally {
    await rows.return();
  }
}

function notEach(text: string): string {
  return `expected 0 or 1 for each class, but found ${JSON.stringify(text.slice(0, 200))}.`;
}
