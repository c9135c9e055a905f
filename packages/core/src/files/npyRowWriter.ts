import { open, rename, type FileHandle } from 'node:fs/promises';
import { bytesPerElement, countElements, type ArrayInfo, type NumericData } from './numericArray.js';
import { encodeNpyHeader } from './writeNpy.js';

/**
 * Writes an array for `numpy.load` row by row. Until it is whole it lies in `<path>.part`; whoever opens it again, after
 * a crash too, goes on behind its last whole row.
 */
export class NpyRowWriter {
  readonly path: string;
  readonly info: ArrayInfo;
  readonly #file: FileHandle;
  readonly #headerBytes: number;
  readonly #rowBytes: number;
  #rows: number;

  private constructor(path: string, info: ArrayInfo, file: FileHandle, bytes: number) {
    this.path = path;
    this.info = info;
    this.#file = file;
    this.#headerBytes = encodeNpyHeader(info).length;
    this.#rowBytes = countElements(info.shape.slice(1)) * bytesPerElement(info.dtype);
    const found = Math.floor((bytes - this.#headerBytes) / this.#rowBytes);
    this.#rows = Math.min(found, info.shape[0]!);
  }

  /**
   * Begins a file, or goes on with one of the same type and shape.
   *
   * @param info  of the whole array; its rows are the entries of the first axis, none of which is empty
   */
  static async open(path: string, info: ArrayInfo): Promise<NpyRowWriter> {
    const header = encodeNpyHeader(info);
    const file = await open(`${path}.part`, 'a+');
    await file.close();
    const part = await open(`${path}.part`, 'r+');
    try {
      const start = Buffer.alloc(header.length);
      await part.read(start, 0, start.length, 0);
      if (!start.equals(header)) {
        await part.truncate();
        await part.write(header, 0, header.length, 0);
      }
      return new NpyRowWriter(path, info, part, (await part.stat()).size);
    } catch (error) {
      await part.close();
      throw error;
    }
  }

  /** Rows that are there. */
  get rows(): number {
    return this.#rows;
  }

  /**
   * @param data  whole rows, of the array's type
   * @throws RangeError  where the rows are not whole, or more than the array has
   */
  async append({ buffer, byteOffset, byteLength }: NumericData): Promise<void> {
    const rows = byteLength / this.#rowBytes;
    const [count] = this.info.shape;
    if (!Number.isInteger(rows) || this.#rows + rows > count!) {
      throw new RangeError(
        `NpyRowWriter.append: ${this.path}: expected at most ${count! - this.#rows} rows of ${this.#rowBytes} bytes, ` +
          `but got ${byteLength} bytes.`,
      );
    }
    let done = 0;
    while (done < byteLength) {
      const position = this.#headerBytes + this.#rows * this.#rowBytes + done;
      const rest = new Uint8Array(buffer, byteOffset + done, byteLength - done);
      done += (await this.#file.write(rest, 0, rest.length, position)).bytesWritten;
    }
    this.#rows += rows;
  }

  /** Gives the file its name once all of it is on the disk. */
  async finish(): Promise<void> {
    const { path } = this;
    const [count] = this.info.shape;
    if (this.#rows !== count) {
      throw new Error(`NpyRowWriter.finish: ${path}: expected ${count} rows, but got ${this.#rows}.`);
    }
    await this.#file.truncate(this.#headerBytes + this.#rows * this.#rowBytes);
    await this.#file.sync();
    await this.#file.close();
    await rename(`${path}.part`, path);
  }

  /** Leaves the part as it is. */
  async close(): Promise<void> {
    await this.#file.close();
  }
}
