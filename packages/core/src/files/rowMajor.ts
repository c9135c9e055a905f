import type { NumericData } from './numericArray.js';

/**
 * Elements that lie apart, in row-major order.
 *
 * @param strides  elements from one index to the next, axis by axis; no index leads out of `data`
 * @param offset   of the first element
 */
export function toRowMajor<Data extends NumericData>(
  data: Data,
  shape: readonly number[],
  strides: readonly number[],
  offset = 0,
): Data {
  const count = shape.reduce((product, size) => product * size, 1);
  const result = data.slice(0, count) as Data;
  const index = shape.map(() => 0);
  let source = offset;
  for (let target = 0; target < count; target++) {
    result[target] = data[source]!;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      source += strides[axis]!;
      if (++index[axis]! < shape[axis]!) break;
      source -= strides[axis]! * shape[axis]!;
      index[axis] = 0;
    }
  }
  return result;
}

export function rowMajorStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(axis + 1).reduce((product, size) => product * size, 1));
}

/** Those of Fortran and MATLAB. */
export function columnMajorStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
}
