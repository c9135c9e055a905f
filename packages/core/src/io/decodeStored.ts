import { decodeBfloat16 } from './decodeBfloat16.js';
import { decodeFloat16 } from './decodeFloat16.js';
import type { SafetensorsDtype, SafetensorsEntry } from './safetensorsHeader.js';
import type { StoredTensor } from './storedTensor.js';

/** What each type of element comes as. */
export const STORED_TYPES = {
  F32: 'float32',
  F16: 'float32',
  BF16: 'float32',
  I32: 'int32',
  I8: 'int32',
  I16: 'int32',
  I64: 'int32',
  U8: 'uint8',
  BOOL: 'bool',
} as const satisfies Record<SafetensorsDtype, StoredTensor['dtype']>;

/**
 * The values of a tensor from the bytes of a safetensors file.
 *
 * @param buffer  those bytes, and no others
 * @throws Error  that names the tensor, where an integer does not fit into 32 bits or a boolean is neither 0 nor 1
 */
export function decodeStored({ name, dtype, shape }: SafetensorsEntry, buffer: ArrayBuffer): StoredTensor {
  switch (dtype) {
    case 'F32':
      return { dtype: 'float32', shape, data: new Float32Array(buffer) };
    case 'F16':
      return { dtype: 'float32', shape, data: decodeFloat16(new Uint16Array(buffer)) };
    case 'BF16':
      return { dtype: 'float32', shape, data: decodeBfloat16(new Uint16Array(buffer)) };
    case 'I32':
      return { dtype: 'int32', shape, data: new Int32Array(buffer) };
    case 'I8':
      return { dtype: 'int32', shape, data: Int32Array.from(new Int8Array(buffer)) };
    case 'I16':
      return { dtype: 'int32', shape, data: Int32Array.from(new Int16Array(buffer)) };
    case 'I64':
      return { dtype: 'int32', shape, data: narrow(name, new BigInt64Array(buffer)) };
    case 'U8':
      return { dtype: 'uint8', shape, data: new Uint8Array(buffer) };
    case 'BOOL':
      return { dtype: 'bool', shape, data: requireBooleans(name, new Uint8Array(buffer)) };
  }
}

function narrow(name: string, wide: BigInt64Array): Int32Array {
  const values = new Int32Array(wide.length);
  wide.forEach((value, i) => {
    if (value !== BigInt.asIntN(32, value)) {
      throw new Error(
        `tensor '${name}': expected values that fit into 32 bits, but got ${value} at element ${i}.`,
      );
    }
    values[i] = Number(value);
  });
  return values;
}

function requireBooleans(name: string, bytes: Uint8Array): Uint8Array {
  const at = bytes.findIndex((byte) => byte > 1);
  if (at >= 0) throw new Error(`tensor '${name}': expected 0 or 1, but got ${bytes[at]} at element ${at}.`);
  return bytes;
}
