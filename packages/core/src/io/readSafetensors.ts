import { open, type FileHandle } from 'node:fs/promises';
import { decodeBfloat16 } from './decodeBfloat16.js';
import { decodeFloat16 } from './decodeFloat16.js';
import { readExactly } from './readExactly.js';
import {
  parseSafetensorsHeader,
  type SafetensorsEntry,
  type SafetensorsHeader,
} from './safetensorsHeader.js';
import type { StoredTensor } from './storedTensor.js';

/** The limit of the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;

export interface SafetensorsFile {
  /** In the order of the file. F16 and BF16 come as float32, I8, I16 and I64 as int32. */
  readonly tensors: ReadonlyMap<string, StoredTensor>;
  readonly metadata: Readonly<Record<string, string>>;
}

/**
 * Reads a file in the safetensors format: the length of the header in 8 bytes, a JSON header, the data.
 *
 * @throws Error where the file is truncated, malformed or has values that do not fit; it names the file and the tensor
 * @see https://github.com/huggingface/safetensors
 */
export async function readSafetensors(path: string): Promise<SafetensorsFile> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const dataStart = 8 + (await readHeaderLength(file, size));
    const header = await readHeader(file, dataStart, size);
    const tensors = new Map<string, StoredTensor>();
    for (const entry of header.entries) {
      const bytes = await readExactly(file, dataStart + entry.begin, entry.end - entry.begin);
      tensors.set(entry.name, decode(entry, bytes));
    }
    return { tensors, metadata: header.metadata };
  } catch (error) {
    throw new Error(`readSafetensors: ${path}: ${(error as Error).message}`, { cause: error });
  } finally {
    await file.close();
  }
}

async function readHeaderLength(file: FileHandle, size: number): Promise<number> {
  if (size < 8) throw new Error(`expected at least 8 bytes, but got ${size}.`);
  const length = new DataView((await readExactly(file, 0, 8)).buffer).getBigUint64(0, true);
  if (length > MAX_HEADER_BYTES) {
    throw new Error(
      `expected a header of at most ${MAX_HEADER_BYTES} bytes, but bytes 0 to 7 say ${length}.`,
    );
  }
  if (length > size - 8) {
    throw new Error(
      `expected a header of ${length} bytes from byte 8 on, but the file ends at byte ${size}.`,
    );
  }
  return Number(length);
}

async function readHeader(file: FileHandle, dataStart: number, size: number): Promise<SafetensorsHeader> {
  const bytes = await readExactly(file, 8, dataStart - 8);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    throw new Error('expected the header to be UTF-8, but got other bytes.', { cause: error });
  }
  return parseSafetensorsHeader(text, size - dataStart);
}

function decode({ name, dtype, shape }: SafetensorsEntry, { buffer }: Uint8Array<ArrayBuffer>): StoredTensor {
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
