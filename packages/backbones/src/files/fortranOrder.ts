import type { NumericData } from './numericArray.js';

/**
 * Column-major values in row-major order.
 * @param shape  sizes as the array is indexed, whose product is the length of `data`
 */
export function fromFortranOrder<Data extends NumericData>(data: Data, shape: readonly number[]): Data {
  const result = data.slice() as Data;
  if (data.length === 0) return result;
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, size) => product * size, 1));
  const index = shape.map(() => 0);
  let source = 0;
  for (let target = 0; target < data.length; target++) {
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
