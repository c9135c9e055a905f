import { readFile } from 'node:fs/promises';

/** A line of a list: an article's text, its image, and its class. */
export interface ListedPair {
  readonly image: string;
  /** From 0. */
  readonly classId: number;
}

const LINE = /^(\S+)\t(\S+)\t(\d+)$/;
const IMAGE_NAME = /^[\w.-]+$/;

/**
 * Reads a list of pairs, a line for each: the name of its text, the name of its image and the number of its class from
 * 1, with tabs between them.
 *
 * @throws Error  that names the file and the line, what is expected and what is found there
 */
export async function readPairs(path: string, classes: number): Promise<readonly ListedPair[]> {
  const lines = (await readFile(path, 'utf8')).split(/\r?\n/);
  if (lines.at(-1) === '') lines.pop();
  if (lines.length === 0) throw new Error(`${path}: expected a line for each pair, but it is empty.`);
  return lines.map((line, i) => {
    const [, , image, number] = LINE.exec(line) ?? [];
    const classId = Number(number) - 1;
    if (image !== undefined && IMAGE_NAME.test(image) && classId >= 0 && classId < classes) {
      return { image, classId };
    }
    throw new Error(
      `${path}:${i + 1}: expected a text, an image and a class from 1 to ${classes}, ` +
        `with tabs between them, but found ${JSON.stringify(line)}.`,
    );
  });
}
