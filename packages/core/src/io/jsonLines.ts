import { open, type FileHandle } from 'node:fs/promises';
import { writeError } from './writeError.js';

/**
 * A file of JSON values, one a line, that grows at its end. Appending returns at once: lines that come while others are
 * being written wait in memory and go together.
 */
export class JsonLines {
  readonly #path: string;
  readonly #file: FileHandle;
  #bytes: number;
  #waiting = '';
  #writing: Promise<void> | undefined;
  #failure: Error | undefined;

  private constructor(path: string, file: FileHandle, bytes: number) {
    this.#path = path;
    this.#file = file;
    this.#bytes = bytes;
  }

  /**
   * @param keep  bytes to keep of what is there; the rest is cut off
   * @throws Error where the file has fewer bytes than that
   */
  static async open(path: string, keep: number): Promise<JsonLines> {
    const file = await open(path, 'a').catch((error: unknown) => {
      throw writeError(path, error);
    });
    try {
      const { size } = await file.stat();
      if (size < keep)
        throw new Error(`JsonLines.open: expected ${path} to have at least ${keep} bytes, but got ${size}.`);
      await file.truncate(keep);
      return new JsonLines(path, file, keep);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** @throws Error where writing an earlier line has failed */
  append(value: unknown): void {
    if (this.#failure) throw this.#failure;
    this.#waiting += `${JSON.stringify(value)}\n`;
    this.#writing ??= this.#write();
  }

  /**
   * Waits until all lines are on the disk, safe from a power cut.
   * @returns the length of the file in bytes
   * @throws Error where writing has failed
   */
  async sync(): Promise<number> {
    await this.#writing;
    if (this.#failure) throw this.#failure;
    await this.#file.sync();
    return this.#bytes;
  }

  /** Writes what waits, as far as that is possible, and closes the file. */
  async close(): Promise<void> {
    await this.#writing;
    await this.#file.close();
  }

  async #write(): Promise<void> {
    try {
      while (this.#waiting !== '') {
        const text = Buffer.from(this.#waiting);
        this.#waiting = '';
        await this.#file.writeFile(text);
        this.#bytes += text.length;
      }
    } catch (error) {
      this.#failure = writeError(this.#path, error);
    } finally {
      this.#writing = undefined;
    }
  }
}
