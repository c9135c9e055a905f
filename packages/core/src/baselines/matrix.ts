/** Matrices are rows of numbers one after the other, in float64. */
export type Numbers = Float32Array | Float64Array;

export interface ProductSizes {
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/**
 * A B.
 * @param a  [rows, inner]
 * @param b  [inner, columns]
 * @returns [rows, columns]
 */
export function matMul(a: Numbers, b: Numbers, { rows, inner, columns }: ProductSizes): Float64Array {
  const product = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const row = product.subarray(i * columns, (i + 1) * columns);
    for (let k = 0; k < inner; k++) addMultiple(row, a[i * inner + k]!, b, k * columns);
  }
  return product;
}

/**
 * Aᵀ B.
 * @param a  [inner, rows]
 * @param b  [inner, columns]
 * @returns [rows, columns]
 */
export function matMulTransposed(
  a: Numbers,
  b: Numbers,
  { rows, inner, columns }: ProductSizes,
): Float64Array {
  const product = new Float64Array(rows * columns);
  for (let i = 0; i < rows; i++) {
    const row = product.subarray(i * columns, (i + 1) * columns);
    for (let k = 0; k < inner; k++) addMultiple(row, a[k * rows + i]!, b, k * columns);
  }
  return product;
}

/** Adds `factor` times the numbers of `b` from `start` on. */
function addMultiple(row: Float64Array, factor: number, b: Numbers, start: number): void {
  if (factor === 0) return;
  for (let j = 0; j < row.length; j++) row[j]! += factor * b[start + j]!;
}

/** @param a  [rows, columns] */
export function transpose(a: Numbers, rows: number, columns: number): Float64Array {
  const turned = new Float64Array(a.length);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) turned[j * rows + i] = a[i * columns + j]!;
  }
  return turned;
}
