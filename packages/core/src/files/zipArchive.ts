import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { crc32, createInflateRaw } from 'node:zlib';
import { fromRandomAccessReaderPromise, RandomAccessReader, type Entry, type ZipFile } from 'yauzl';
import { readChunks } from './readChunks.js';

/** No deflate stream unpacks to more than this many times its size. */
const DEFLATE_RATIO = 1032;

/** Of one compressed member, unpacked. The largest array of a published network is well below. */
const LARGEST_UNPACKED = 2 ** 30;

const STORED = 0;
const DEFLATED = 8;

export interface ZipMember {
  readonly name: string;
  /** Bytes once unpacked. */
  readonly size: number;
}

/**
 * A zip archive that is read member by member, never unpacked to disk. Refused are members that are encrypted or packed
 * by other methods than deflate, names that lead out of the archive, names given twice, and sizes that cannot be true.
 */
export class ZipArchive {
  readonly path: string;
  readonly members: ReadonlyMap<string, ZipMember>;
  readonly #file: FileHandle;
  readonly #directory: ZipFile;
  readonly #entries: ReadonlyMap<string, Entry>;

  private constructor(
    path: string,
    file: FileHandle,
    directory: ZipFile,
    entries: ReadonlyMap<string, Entry>,
  ) {
    this.path = path;
    this.#file = file;
    this.#directory = directory;
    this.#entries = entries;
    this.members = new Map(
      [...entries].map(([name, entry]) => [name, { name, size: entry.uncompressedSize }]),
    );
  }

  /** @throws Error  that names the file and says what is wrong with it */
  static async open(path: string): Promise<ZipArchive> {
    const file = await open(path, 'r');
    try {
      const { size } = await file.stat();
      const directory = await readDirectory(path, new FileReader(file, size), size);
      return new ZipArchive(path, file, directory, await readEntries(path, directory));
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /**
   * The bytes of a member, unpacked. Whoever reads to the end has also had size and checksum compared.
   * @throws Error  of an unknown name, a truncated or damaged member
   */
  async *read(name: string): AsyncGenerator<Uint8Array> {
    const entry = this.#entries.get(name);
    const place = `${this.path}: ${name}`;
    if (entry === undefined) throw new Error(`${place}: the archive has no such member.`);
    let size = 0;
    let checksum = 0;
    try {
      for await (const chunk of this.#unpacked(entry)) {
        size += chunk.length;
        if (size > entry.uncompressedSize) break;
        checksum = crc32(chunk, checksum);
        yield chunk;
      }
    } catch (error) {
      throw new Error(`${place}: damaged: ${(error as Error).message}.`, { cause: error });
    }
    if (size !== entry.uncompressedSize) {
      const found = size > entry.uncompressedSize ? 'more' : size;
      throw new Error(
        `${place}: expected ${entry.uncompressedSize} bytes once unpacked, but found ${found}.`,
      );
    }
    if (checksum !== entry.crc32) {
      throw new Error(`${place}: expected checksum ${hex(entry.crc32)}, but found ${hex(checksum)}.`);
    }
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  #unpacked(entry: Entry): AsyncIterable<Uint8Array> {
    const packed = this.#packed(entry);
    if (entry.compressionMethod === STORED) return packed;
    const inflate = createInflateRaw();
    // Whoever iterates over `inflate` meets its errors; the promise would only repeat them.
    pipeline(Readable.from(packed), inflate).catch(() => undefined);
    return inflate;
  }

  /** The bytes of a member as they lie in the file. */
  async *#packed(entry: Entry): AsyncGenerator<Uint8Array> {
    const { fileDataStart } = await this.#directory.readLocalFileHeaderPromise(entry, { minimal: true });
    yield* readChunks(this.#file, fileDataStart, fileDataStart + entry.compressedSize);
  }
}

/** yauzl's own reader of files throws from a callback, past every catch, when an offset exceeds 2^53. */
class FileReader extends RandomAccessReader {
  readonly #file: FileHandle;
  readonly #size: number;

  constructor(file: FileHandle, size: number) {
    super();
    this.#file = file;
    this.#size = size;
  }

  override read(
    buffer: Buffer,
    offset: number,
    length: number,
    position: number,
    callback: (error: Error | null) => void,
  ): void {
    if (position + length > this.#size) {
      callback(new Error(`the directory leads to byte ${position + length} of ${this.#size}`));
      return;
    }
    this.#file.read(buffer, offset, length, position).then(() => callback(null), callback);
  }
}

async function readDirectory(path: string, reader: FileReader, size: number): Promise<ZipFile> {
  try {
    return await fromRandomAccessReaderPromise(reader, size, { strictFileNames: true, autoClose: false });
  } catch (error) {
    throw notReadable(path, error);
  }
}

async function readEntries(path: string, directory: ZipFile): Promise<ReadonlyMap<string, Entry>> {
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of directory.eachEntry()) {
      if (entry.fileName.endsWith('/')) continue;
      if (entries.has(entry.fileName)) throw new Error(`it has ${entry.fileName} twice`);
      checkEntry(entry);
      entries.set(entry.fileName, entry);
    }
  } catch (error) {
    throw notReadable(path, error);
  }
  return entries;
}

function checkEntry(entry: Entry): void {
  const { fileName, compressionMethod, compressedSize, uncompressedSize } = entry;
  if (entry.isEncrypted()) throw new Error(`${fileName} is encrypted`);
  if (compressionMethod === STORED) return;
  if (compressionMethod !== DEFLATED) {
    throw new Error(
      `expected ${fileName} to be stored or deflated (method 0 or 8), but found ${compressionMethod}`,
    );
  }
  const limit = Math.min(compressedSize * DEFLATE_RATIO, LARGEST_UNPACKED);
  if (uncompressedSize > limit) {
    throw new Error(
      `expected ${fileName}, ${compressedSize} bytes, to unpack to at most ${limit}, but found ${uncompressedSize}`,
    );
  }
}

function notReadable(path: string, error: unknown): Error {
  const reason = (error as Error).message.replace(/\.$/, '');
  return new Error(`${path}: not a zip archive that can be read: ${reason}.`, { cause: error });
}

function hex(checksum: number): string {
  return checksum.toString(16).padStart(8, '0');
}
