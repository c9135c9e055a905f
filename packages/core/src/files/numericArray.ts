import { decodeBfloat16 } from '../io/decodeBfloat16.js';
import { decodeFloat16 } from '../io/decodeFloat16.js';

/** How each element type lies in memory. Half-width floats have no array of their own: their bits are kept. */
const VIEWS = {
  bool: Uint8Array,
  uint8: Uint8Array,
  int8: Int8Array,
  uint16: Uint16Array,
  int16: Int16Array,
  uint32: Uint32Array,
  int32: Int32Array,
  uint64: BigUint64Array,
  int64: BigInt64Array,
  float16: Uint16Array,
  bfloat16: Uint16Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

export type ElementType = keyof typeof VIEWS;
export type NumericData =
  | Uint8Array
  | Int8Array
  | Uint16Array
  | Int16Array
  | Uint32Array
  | Int32Array
  | BigUint64Array
  | BigInt64Array
  | Float32Array
  | Float64Array;

/** What a file says of an array before its values are read. */
export interface ArrayInfo {
  readonly dtype: ElementType;
  readonly shape: readonly number[];
}

/** An array as a file holds it, in row-major order. */
export interface NumericArray extends ArrayInfo {
  readonly data: NumericData;
}

export function bytesPerElement(dtype: ElementType): number {
  return VIEWS[dtype].BYTES_PER_ELEMENT;
}

/** Elements of a shape; Infinity where the number is too large to be exact. */
export function countElements(shape: readonly number[]): number {
  if (shape.includes(0)) return 0;
  const count = shape.reduce((product, size) => product * size, 1);
  return Number.isSafeInteger(count) ? count : Infinity;
}

/**
 * Little-endian bytes seen as elements, without a copy.
 * @param buffer  exactly the elements, from byte 0
 */
export function viewElements(dtype: ElementType, buffer: ArrayBuffer): NumericData {
  return new VIEWS[dtype](buffer);
}

/** The values as float32: the array's own data where they are that already. */
export function toFloat32({ dtype, data }: NumericArray): Float32Array {
  if (data instanceof Float32Array) return data;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) return Float32Array.from(data, Number);
  if (dtype === 'float16') return decodeFloat16(data as Uint16Array);
  if (dtype === 'bfloat16') return decodeBfloat16(data as Uint16Array);
  return Float32Array.from(data);
}
