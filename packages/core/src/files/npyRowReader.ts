import { createReadStream } from 'node:fs';
import { open, stat, type FileHandle } from 'node:fs/promises';
import { ByteStream } from './byteStream.js';
import { checkedNpyHeader } from './npy.js';
import {
  bytesPerElement,
  countElements,
  viewElements,
  type ArrayInfo,
  type NumericData,
} from './numericArray.js';

/** Reads rows, the entries of the first axis, of an `.npy` file whose other rows stay on the disk. */
export class NpyRowReader {
  readonly path: string;
  readonly info: ArrayInfo;
  readonly #file: FileHandle;
  readonly #start: number;
  readonly #rowBytes: number;

  private constructor(path: string, info: ArrayInfo, file: FileHandle, start: number) {
    this.path = path;
    this.info = info;
    this.#file = file;
    this.#start = start;
    this.#rowBytes = countElements(info.shape.slice(1)) * bytesPerElement(info.dtype);
  }

  /** @throws Error  that names the file, where it is no array of rows in C order or is truncated */
  static async open(path: string): Promise<NpyRowReader> {
    const { size } = await stat(path);
    const stream = new ByteStream(createReadStream(path) as AsyncIterable<Uint8Array>, path);
    try {
      const { dtype, shape, fortranOrder } = await checkedNpyHeader(stream, size, path);
      if (shape.length === 0 || (fortranOrder && shape.length > 1)) {
        throw new Error(`${path}: expected rows in C order, but found ${describe(shape, fortranOrder)}.`);
      }
      return new NpyRowReader(path, { dtype, shape }, await open(path, 'r'), stream.position);
    } finally {
      await stream.close();
    }
  }

  /**
   * @param rows  below the number of rows, in the order wanted
   * @returns their values, one behind the other
   */
  async read(rows: Uint32Array): Promise<NumericData> {
    const bytes = new Uint8Array(rows.length * this.#rowBytes);
    const reads: Promise<void>[] = [];
    for (let from = 0; from < rows.length;) {
      let to = from + 1;
      while (to < rows.length && rows[to] === rows[to - 1]! + 1) to++;
      const target = bytes.subarray(from * this.#rowBytes, to * this.#rowBytes);
      reads.push(this.#fill(target, rows[from]!));
      from = to;
    }
    await Promise.all(reads);
    return viewElements(this.info.dtype, bytes.buffer);
  }

  close(): Promise<void> {
    return this.#file.close();
  }

  async #fill(target: Uint8Array, row: number): Promise<void> {
    let done = 0;
    while (done < target.length) {
      const position = this.#start + row * this.#rowBytes + done;
      const { bytesRead } = await this.#file.read(target, done, target.length - done, position);
      if (bytesRead === 0) {
        throw new RangeError(
          `NpyRowReader.read: ${this.path}: expected rows below ${this.info.shape[0]}, but got ${row}.`,
        );
      }
      done += bytesRead;
    }
  }
}

function describe(shape: readonly number[], fortranOrder: boolean): string {
  return shape.length === 0
    ? 'a single value'
    : `[${shape.join(', ')}]${fortranOrder ? ' in Fortran order' : ''}`;
}
