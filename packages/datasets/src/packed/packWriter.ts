import { mkdir, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { endOf } from './findPacks.js';
import { INDEX, PIXELS } from './pack.js';
import { HEADER, readPackIndex, type BadEntry, type PackEntry, type PackedEntry } from './packIndex.js';

/** Images that may be written before the index is: what a killed program loses at most. */
const PORTION = 64;

/**
 * Adds images to a pack. The index tells of pixels only when they are on the disk, so that a killed program, or a power
 * cut, costs what was added last and nothing else.
 */
export class PackWriter {
  readonly #pixels: FileHandle;
  readonly #index: FileHandle;
  #end: number;
  #lines: string[] = [];

  private constructor(pixels: FileHandle, index: FileHandle, end: number) {
    this.#pixels = pixels;
    this.#index = index;
    this.#end = end;
  }

  /** Opens a pack, made where there is none, behind what its index tells of. */
  static async open(folder: string): Promise<PackWriter> {
    await mkdir(folder, { recursive: true });
    const { entries, bytes } = await readPackIndex(join(folder, INDEX));
    const pixels = await open(join(folder, PIXELS), 'a+');
    const index = await open(join(folder, INDEX), 'a');
    const { size } = await pixels.stat();
    const ends = [...entries.values()].map(endOf).filter((end) => end <= size);
    const end = ends.reduce((last, end) => Math.max(last, end), 0);
    await pixels.truncate(end);
    await index.truncate(bytes);
    const writer = new PackWriter(pixels, index, end);
    if (bytes === 0) writer.#lines.push(`${JSON.stringify(HEADER)}\n`);
    return writer;
  }

  /** Whether the pixels of an image are there, and undamaged. */
  async has(entry: PackedEntry): Promise<boolean> {
    const bytes = new Uint8Array(endOf(entry) - entry.offset);
    const { bytesRead } = await this.#pixels.read(bytes, 0, bytes.length, entry.offset);
    return bytesRead === bytes.length && crc32(bytes) === entry.crc;
  }

  async add(image: Omit<PackedEntry, 'offset' | 'crc'>, pixels: Uint8Array): Promise<void> {
    await this.#pixels.appendFile(pixels);
    this.#tell({ ...image, offset: this.#end, crc: crc32(pixels) });
    this.#end += pixels.length;
    if (this.#lines.length >= PORTION) await this.save();
  }

  addBad(image: BadEntry): void {
    this.#tell(image);
  }

  /** Makes all that was added last. */
  async save(): Promise<void> {
    const lines = this.#lines.join('');
    this.#lines = [];
    await this.#pixels.datasync();
    await this.#index.appendFile(lines);
    await this.#index.datasync();
  }

  async close(): Promise<void> {
    await this.#pixels.close();
    await this.#index.close();
  }

  #tell(entry: PackEntry): void {
    this.#lines.push(`${JSON.stringify(entry)}\n`);
  }
}
