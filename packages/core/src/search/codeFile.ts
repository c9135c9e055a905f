import { open, type FileHandle } from 'node:fs/promises';
import { type BinaryCodes, bytesPerCode } from '../codes/binaryCodes.js';

/** Bytes of codes that are read or written at a time. */
const PIECE_BYTES = 1 << 22;

/** What files of codes are written from: codes at positions `from` to `to`. */
export interface CodeSource {
  readonly bits: number;
  readonly count: number;
  readonly read: (from: number, to: number) => BinaryCodes;
}

export interface SaveOptions {
  /** Told after each piece how many codes are written. */
  readonly onProgress?: (done: number, total: number) => void;
  /** Ends the writing early, with its reason as the cause of the error; no file is left. */
  readonly signal?: AbortSignal;
}

/** The codes in pieces, so that a large file needs little memory and the event loop gets its turn between them. */
export function* pieces(
  { bits, count, read }: CodeSource,
  { onProgress, signal }: SaveOptions,
): Generator<Uint8Array> {
  const step = Math.ceil(PIECE_BYTES / bytesPerCode(bits));
  for (let from = 0; from < count; from += step) {
    const to = Math.min(count, from + step);
    signal?.throwIfAborted();
    yield read(from, to).data;
    onProgress?.(to, count);
  }
}

/** A file that is read from its beginning to its end. */
export class CodeFile {
  readonly size: number;
  readonly #file: FileHandle;
  /** Sees all bytes. */
  readonly #watch: (bytes: Uint8Array) => void;

  private constructor(file: FileHandle, size: number, watch: (bytes: Uint8Array) => void) {
    this.#file = file;
    this.size = size;
    this.#watch = watch;
  }

  /**
   * Opens a file, lets `use` read it, and closes it.
   *
   * @throws Error that begins with the name of the caller and of the file
   */
  static async use<Result>(
    caller: string,
    path: string,
    use: (file: CodeFile) => Promise<Result>,
    watch: (bytes: Uint8Array) => void = () => undefined,
  ): Promise<Result> {
    const file = await open(path, 'r');
    try {
      return await use(new CodeFile(file, (await file.stat()).size, watch));
    } catch (error) {
      throw new Error(`${caller}: ${path}: ${(error as Error).message}`, { cause: error });
    } finally {
      await file.close();
    }
  }

  /** @throws Error where the file has another size than its beginning says */
  checkSize(expected: number, what: string): void {
    if (this.size !== expected) {
      throw new Error(`expected ${expected} bytes for ${what}, but the file has ${this.size}.`);
    }
  }

  /** The next bytes; fewer where the file ends. */
  async bytes(length: number): Promise<Buffer<ArrayBuffer>> {
    const bytes = Buffer.alloc(length);
    const { bytesRead } = await this.#file.read(bytes, 0, length);
    const present = bytes.subarray(0, bytesRead);
    this.#watch(present);
    return present;
  }

  /** Reads `count` codes and hands them on piece by piece; an empty piece where there are none. */
  async codes(bits: number, count: number, receive: (codes: BinaryCodes) => void): Promise<void> {
    const width = bytesPerCode(bits);
    const step = Math.ceil(PIECE_BYTES / width);
    if (count === 0) receive({ count, bits, data: new Uint8Array(0) });
    for (let from = 0; from < count; from += step) {
      const some = Math.min(step, count - from);
      receive({ count: some, bits, data: await this.bytes(some * width) });
    }
  }
}
