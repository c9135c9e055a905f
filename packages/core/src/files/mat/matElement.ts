import type { ByteStream } from '../byteStream.js';

/** What a data element of a v5 file holds, by its number. */
export const STORAGE = {
  1: 'int8',
  2: 'uint8',
  3: 'int16',
  4: 'uint16',
  5: 'int32',
  6: 'uint32',
  7: 'float32',
  9: 'float64',
  12: 'int64',
  13: 'uint64',
  14: 'matrix',
  15: 'compressed',
  16: 'utf-8',
  17: 'utf-16',
  18: 'utf-32',
} as const;

export type Storage = (typeof STORAGE)[keyof typeof STORAGE];

export interface Tag {
  readonly storage: Storage;
  /** Bytes of data. */
  readonly size: number;
  /** A small element's data, which lie in its tag. */
  readonly data?: Uint8Array<ArrayBuffer>;
}

const WIDTHS: Readonly<Partial<Record<Storage, 2 | 4 | 8>>> = {
  int16: 2,
  uint16: 2,
  'utf-16': 2,
  int32: 4,
  uint32: 4,
  float32: 4,
  'utf-32': 4,
  int64: 8,
  uint64: 8,
  float64: 8,
};

/** Reads the data elements of a v5 file one after another. */
export class MatElements {
  readonly place: string;
  readonly #stream: ByteStream;
  readonly #bigEndian: boolean;
  readonly #start: number;

  /**
   * @param place  names the file, and the variable, in errors
   * @param start  of the stream, from where bytes are counted
   */
  constructor(stream: ByteStream, place: string, bigEndian: boolean, start = 0) {
    this.#stream = stream;
    this.place = place;
    this.#bigEndian = bigEndian;
    this.#start = start;
  }

  get position(): number {
    return this.#start + this.#stream.position;
  }

  /**
   * Reads the tag of the next element.
   *
   * @param room  bytes that may follow the tag at most
   */
  async tag(room: number): Promise<Tag> {
    const at = this.position;
    if (room < 0) throw this.error(at, 'a tag of 8 bytes', `${8 + room} bytes`);
    const bytes = await this.#stream.read(8);
    const view = new DataView(bytes.buffer);
    const word = view.getUint32(0, !this.#bigEndian);
    const small = word >>> 16;
    const number = word & 0xffff;
    const storage = (STORAGE as Readonly<Record<number, Storage>>)[number];
    if (storage === undefined) throw this.error(at, 'a data element', `type ${number}`);
    if (small > 4) throw this.error(at, 'a small element of at most 4 bytes', `${small}`);
    if (small > 0)
      return { storage, size: small, data: this.#inOrder(storage, bytes.slice(4, 4 + small), at) };
    const size = view.getUint32(4, !this.#bigEndian);
    if (size > room) throw this.error(at, `an element of at most ${room} bytes`, `${size}`);
    return { storage, size };
  }

  /** Reads the next element with its data, little-endian, and what fills it up to 8 bytes. */
  async element(room: number): Promise<Required<Tag>> {
    const tag = await this.tag(room);
    if (tag.data !== undefined) return { ...tag, data: tag.data };
    const at = this.position;
    const data = this.#inOrder(tag.storage, await this.#stream.read(tag.size), at);
    const filler = -tag.size & 7;
    if (tag.size + filler <= room) await this.#stream.read(filler);
    return { ...tag, data };
  }

  /** Reads a piece, whole values, of the data of an element whose tag has been read, little-endian. */
  async piece(storage: Storage, bytes: number): Promise<Uint8Array<ArrayBuffer>> {
    const at = this.position;
    return this.#inOrder(storage, await this.#stream.read(bytes), at);
  }

  /** Asserts that all has been read. */
  end(): Promise<void> {
    return this.#stream.end();
  }

  error(byte: number, expected: string, found: string): Error {
    return new Error(`${this.place}: byte ${byte}: expected ${expected}, but found ${found}.`);
  }

  #inOrder(storage: Storage, bytes: Uint8Array<ArrayBuffer>, at: number): Uint8Array<ArrayBuffer> {
    const width = WIDTHS[storage] ?? 1;
    if (bytes.length % width > 0)
      throw this.error(at, `whole values of ${width} bytes`, `${bytes.length} bytes`);
    if (!this.#bigEndian || width === 1) return bytes;
    const buffer = Buffer.from(bytes.buffer);
    if (width === 2) buffer.swap16();
    else if (width === 4) buffer.swap32();
    else buffer.swap64();
    return bytes;
  }
}
