import { product } from './product.js';

/** Matrices are rows of numbers one after the other. */
export type Numbers = Float32Array | Float64Array;

export interface ProductSizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/**
 * A B, in float64.
 * @param a  [rows, inner]
 * @param b  [inner, columns]
 * @returns [rows, columns]
 */
export function matMul(a: Numbers, b: Numbers, { rows, inner, columns }: ProductSizes): Float64Array {
  return product(
    { data: a, count: rows, stride: inner, step: 1 },
    { data: b, count: columns, stride: 1, step: columns },
    inner,
  );
}

/**
 * Aᵀ B, in float64.
 * @param a  [inner, rows]
 * @param b  [inner, columns]
 * @returns [rows, columns]
 */
export function matMulTransposed(
  a: Numbers,
  b: Numbers,
  { rows, inner, columns }: ProductSizes,
): Float64Array {
  return product(
    { data: a, count: rows, stride: 1, step: rows },
    { data: b, count: columns, stride: 1, step: columns },
    inner,
  );
}

/**
 * A Bᵀ, in float64.
 * @param a  [rows, inner]
 * @param b  [columns, inner]
 * @returns [rows, columns]
 */
export function matMulOfRows(a: Numbers, b: Numbers, { rows, inner, columns }: ProductSizes): Float64Array {
  return product(
    { data: a, count: rows, stride: inner, step: 1 },
    { data: b, count: columns, stride: inner, step: 1 },
    inner,
  );
}

/** @param a  [rows, columns] */
export function transpose(a: Numbers, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = a[i * columns + j]!;
  }
  return turned;
}
