import { open, type FileHandle } from 'node:fs/promises';
import { decodeStored } from './decodeStored.js';
import { readExactly } from './readExactly.js';
import {
  parseSafetensorsHeader,
  type SafetensorsEntry,
  type SafetensorsHeader,
} from './safetensorsHeader.js';
import type { StoredTensor } from './storedTensor.js';

/** The limit of the reference implementation. */
const MAX_HEADER_BYTES = 100_000_000;

/**
 * An open file in the safetensors format: the length of the header in 8 bytes, a JSON header, the data. Tensors are read
 * one at a time. Errors name the file and the tensor.
 *
 * @see https://github.com/huggingface/safetensors
 */
export class SafetensorsReader {
  readonly header: SafetensorsHeader;
  readonly #path: string;
  readonly #file: FileHandle;
  readonly #dataStart: number;

  private constructor(path: string, file: FileHandle, header: SafetensorsHeader, dataStart: number) {
    this.header = header;
    this.#path = path;
    this.#file = file;
    this.#dataStart = dataStart;
  }

  static async open(path: string): Promise<SafetensorsReader> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const dataStart = 8 + (await readHeaderLength(file, size));
      return new SafetensorsReader(path, file, await readHeader(file, dataStart, size), dataStart);
    } catch (error) {
      await file.close();
      throw named(path, error);
    }
  }

  /** @param entry  of the header */
  async read(entry: SafetensorsEntry): Promise<StoredTensor> {
    const { begin, end } = entry;
    try {
      const { buffer } = await readExactly(this.#file, this.#dataStart + begin, end - begin);
      return decodeStored(entry, buffer);
    } catch (error) {
      throw named(this.#path, error);
    }
  }

  close(): Promise<void> {
    return this.#file.close();
  }
}

function named(path: string, error: unknown): Error {
  return new Error(`readSafetensors: ${path}: ${(error as Error).message}`, { cause: error });
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
