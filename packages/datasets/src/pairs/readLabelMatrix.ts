import type { Labels } from '@hash/core';
import { NpyRowReader, type MatFile, type NumericData } from '@hash/core/files';
import { withVariable } from './openNamed.js';

/** Names that the field's files give to labels. */
const NAMES = ['category', 'LAll', 'labels', 'label'];

/** Rows of an `.npy` file that are read at once. */
const ROWS_AT_ONCE = 4096;

/**
 * Reads a matrix of zeros and ones, [items, classes], of any type of number, column by column or row by row, from a
 * MATLAB or `.npy` file.
 *
 * @param names  of the variable in a MATLAB file, of which one is there
 * @throws Error  that names the file, the row and the column of a value that is neither 0 nor 1
 */
export function readLabelMatrix(path: string, names: readonly string[] = NAMES): Promise<Labels> {
  return path.toLowerCase().endsWith('.npy') ? readNpyLabels(path) : withVariable(path, names, readMatLabels);
}

/** As {@link readLabelMatrix}, of a variable of an open file. */
export async function readMatLabels(mat: MatFile, name: string): Promise<Labels> {
  const place = `${mat.path}: ${name}`;
  const labels = emptyLabels(place, mat.variables.get(name)!.shape);
  await mat.eachSlice(name, (column, id) => {
    for (let item = 0; item < labels.count; item++) setLabel(labels, place, item, id, column[item]!);
  });
  return labels;
}

async function readNpyLabels(path: string): Promise<Labels> {
  const reader = await NpyRowReader.open(path);
  try {
    const labels = emptyLabels(path, reader.info.shape);
    const { count, classes } = labels;
    for (let first = 0; first < count; first += ROWS_AT_ONCE) {
      const rows = Uint32Array.from({ length: Math.min(ROWS_AT_ONCE, count - first) }, (_, i) => first + i);
      const values: NumericData = await reader.read(rows);
      values.forEach((value: number | bigint, i: number) =>
        setLabel(labels, path, first + Math.floor(i / classes), i % classes, value),
      );
    }
    return labels;
  } finally {
    await reader.close();
  }
}

function emptyLabels(place: string, shape: readonly number[]): Labels {
  const [count = 0, classes = 0] = shape;
  if (shape.length !== 2 || count === 0 || classes === 0)
    throw new Error(`${place}: expected a matrix [items, classes], but found [${shape.join(', ')}].`);
  return { count, classes, words: new Uint32Array(count * Math.ceil(classes / 32)) };
}

function setLabel(
  { classes, words }: Labels,
  place: string,
  item: number,
  id: number,
  value: number | bigint,
): void {
  const number = Number(value);
  if (number === 1) words[item * Math.ceil(classes / 32) + (id >> 5)]! |= 1 << (id & 31);
  else if (number !== 0)
    throw new Error(`${place}: expected 0 or 1 in row ${item}, column ${id}, from 0, but found ${value}.`);
}
