import { labelsFromClassIds, labelsFromMultiHot, type Labels } from '@hash/core';
import type { Matrix } from './matrixFile.js';

/** Labels as a matrix holds them, for a known number of items. */
interface LabelMatrix {
  readonly matrix: Matrix;
  /** Items that it should label. */
  readonly count: number;
}

/**
 * Labels of queries and database, of the same classes: a class for each item, from 0 or 1 up, or zeros and ones for each
 * item and class.
 *
 * @throws Error  that names the file, what was expected and what was found
 */
export function labelsOf(query: LabelMatrix, database: LabelMatrix): { query: Labels; database: Labels } {
  for (const { matrix, count } of [query, database]) checkCount(matrix, count);
  const [ofQuery, ofDatabase] = [isIds(query), isIds(database)];
  if (ofQuery !== ofDatabase) {
    const [ids, hot] = ofQuery ? [query, database] : [database, query];
    throw new Error(
      `labels: expected labels of one kind, but found a class for each item in ${ids.matrix.place}, and ` +
        `${hot.matrix.columns} columns in ${hot.matrix.place}.`,
    );
  }
  if (!ofQuery) return { query: multiHotOf(query.matrix), database: multiHotOf(database.matrix) };
  const classes = 1 + Math.max(greatest(query.matrix), greatest(database.matrix));
  return {
    query: labelsFromClassIds(query.matrix.values, classes),
    database: labelsFromClassIds(database.matrix.values, classes),
  };
}

/** MATLAB and NumPy hold a list as a row or as a column. */
function isIds({ matrix: { rows, columns }, count }: LabelMatrix): boolean {
  return columns === 1 || (rows === 1 && columns === count && count > 1);
}

function checkCount({ place, rows, columns }: Matrix, count: number): void {
  if (rows === count || (rows === 1 && columns === count)) return;
  throw new Error(`${place}: expected labels of ${count} items, but found [${rows}, ${columns}].`);
}

function greatest({ place, values }: Matrix): number {
  let most = 0;
  for (const [i, id] of values.entries()) {
    if (!Number.isInteger(id) || id < 0)
      throw new Error(`${place}: expected a class from 0 up, but item ${i} has ${id}.`);
    if (id > most) most = id;
  }
  return most;
}

function multiHotOf({ place, values, rows, columns }: Matrix): Labels {
  try {
    return labelsFromMultiHot(values, rows, columns);
  } catch (error) {
    throw new Error(`${place}: ${(error as Error).message}`, { cause: error });
  }
}
