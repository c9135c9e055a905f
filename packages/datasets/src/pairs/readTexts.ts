import type { Labels } from '@hash/core';
import type { MatFile, MatText, MatValue } from '@hash/core/files';
import { readLines } from '../files/readLines.js';
import { withVariable } from './openNamed.js';
import { readMatLabels } from './readLabelMatrix.js';

/** Names that the field's files give to texts. */
const NAMES = ['caption', 'tags', 'YAll'];

/** Of each item its texts, or which of a vocabulary's tags it has. */
export type Texts =
  | { readonly kind: 'captions'; readonly captions: readonly (readonly string[])[] }
  | { readonly kind: 'tags'; readonly tags: Labels };

/**
 * Reads the texts of items: a line of a text file each, or a variable of a MATLAB file in any of the forms in use.
 *
 * - characters [items, length] or [items, texts, length], as SciPy writes lists of equally many texts
 * - cells, [1, items] or [items, 1], each with one text or several, as it writes lists of different lengths
 * - numbers [items, tags], 0 or 1
 */
export async function readTexts(path: string): Promise<Texts> {
  if (!path.toLowerCase().endsWith('.txt')) return withVariable(path, NAMES, readMatTexts);
  const captions: string[][] = [];
  for await (const { text } of readLines(path)) captions.push([text.trim()]);
  return { kind: 'captions', captions };
}

async function readMatTexts(mat: MatFile, name: string): Promise<Texts> {
  const { class: of } = mat.variables.get(name)!;
  if (of === 'char') return { kind: 'captions', captions: textsOfItems(await mat.readTrimmed(name)) };
  if (of !== 'cell') return { kind: 'tags', tags: await readMatLabels(mat, name) };
  const value = await mat.readVariable(name);
  if (value.class !== 'cell')
    throw new Error(`${mat.path}: ${name}: expected cells, but found ${value.class}.`);
  const captions = value.cells.map((cell, i) => {
    const texts = textsOfCell(cell);
    if (texts !== undefined) return texts;
    throw new Error(`${mat.path}: ${name}: expected text in cell ${i}, from 0, but found ${cell.class}.`);
  });
  return { kind: 'captions', captions };
}

function textsOfItems({ shape, strings }: MatText): string[][] {
  const [items = 0] = shape;
  const each = items === 0 ? 0 : strings.length / items;
  return Array.from({ length: items }, (_, i) => strings.slice(i * each, (i + 1) * each));
}

/** All texts in a cell; undefined where there is something else in it. An empty matrix is an empty text. */
function textsOfCell(cell: MatValue): readonly string[] | undefined {
  if (cell.class === 'char') return cell.strings.length === 0 ? [''] : cell.strings.map(compact);
  if (cell.class === 'numbers') return cell.data.length === 0 ? [''] : undefined;
  if (cell.class === 'struct') return undefined;
  const texts = cell.cells.map(textsOfCell);
  return texts.includes(undefined) ? undefined : texts.flatMap((found) => found!);
}

/** Without the blanks at the end, and without the longer string that a part of it would keep in memory. */
function compact(text: string): string {
  return Buffer.from(text.trimEnd()).toString();
}
