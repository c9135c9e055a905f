import type { Fill, NumericArray } from './tensorData.js';

/** The number that fills an array of at least two elements, if one does. */
export function findFill(values: NumericArray): Fill | undefined {
  const size = values.length;
  // Bits are compared: 0 and -0 are different fills, and NaN is one.
  const bits =
    values instanceof Float32Array ? new Int32Array(values.buffer, values.byteOffset, size) : values;
  const [first] = bits;
  if (size < 2 || bits[size - 1] !== first) return undefined;
  for (let i = 1; i < size; i++) if (bits[i] !== first) return undefined;
  return { value: values[0] as number, size };
}
