import { existsSync } from 'node:fs';
import { ARRAY_EXTENSIONS, openArrays, toFloat32, type ArrayFile, type ElementType } from '@hash/core/files';
import { UsageError } from '../errors.js';

/** A matrix of numbers as it was found in a file. */
export interface Matrix {
  /** The file, and what in it, for messages. */
  readonly place: string;
  readonly dtype: ElementType;
  readonly rows: number;
  readonly columns: number;
  /** [rows, columns], row by row */
  readonly values: Exclude<Awaited<ReturnType<ArrayFile['read']>>['data'], BigInt64Array | BigUint64Array>;
}

const NAMED = new RegExp(
  `^(.+(?:${ARRAY_EXTENSIONS.map((ending) => ending.replace('.', '\\.')).join('|')})):(.+)$`,
  'i',
);

/** `codes.mat:q_img` is the variable q_img in codes.mat; a file of one array needs no name. */
export function splitArrayPath(typed: string): { readonly path: string; readonly name: string | undefined } {
  const match = existsSync(typed) ? null : NAMED.exec(typed);
  return match === null ? { path: typed, name: undefined } : { path: match[1]!, name: match[2] };
}

/**
 * Reads a matrix from a file of arrays.
 *
 * @param typed  path of the file; where it has several matrices, with `:` and the name of one behind
 */
export async function readMatrix(typed: string): Promise<Matrix> {
  const { path, name } = splitArrayPath(typed);
  const file = await openArrays(path);
  try {
    return await matrixOf(file, name ?? onlyMatrix(file));
  } finally {
    await file.close();
  }
}

function onlyMatrix({ path, arrays }: ArrayFile): string {
  const matrices = [...arrays].filter(([, { shape }]) => shape.length === 2).map(([name]) => name);
  const [only] = arrays.size === 1 ? arrays.keys() : matrices;
  if (only !== undefined && matrices.length <= 1) return only;
  if (matrices.length > 1)
    throw new UsageError(
      `${path} has several matrices: ${matrices.join(', ')}. Name one, as in ${path}:${matrices[0]}.`,
    );
  const found = [...arrays].map(([name, { dtype, shape }]) => `${name} ${dtype} [${shape.join(', ')}]`);
  throw new Error(`${path}: expected a matrix of numbers, but found ${found.join('; ') || 'none'}.`);
}

/** An array of one axis is a matrix of one column. */
export async function matrixOf(file: ArrayFile, name: string): Promise<Matrix> {
  const array = await file.read(name);
  const { dtype, shape, data } = array;
  const place = file.arrays.size > 1 ? `${file.path}: ${name}` : file.path;
  const [rows, columns = 1] = shape;
  if (rows === undefined || shape.length > 2)
    throw new Error(`${place}: expected a matrix of numbers, but found ${dtype} [${shape.join(', ')}].`);
  const isHalf = dtype === 'float16' || dtype === 'bfloat16';
  const isBig = data instanceof BigInt64Array || data instanceof BigUint64Array;
  return { place, dtype, rows, columns, values: isHalf || isBig ? toFloat32(array) : data };
}
