import { open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { PIXELS, recordBytes, type RecordFormat } from './recordFormat.js';

export interface CifarFile {
  readonly name: string;
  /** How many images it must hold; any number if left out. */
  readonly records?: number;
}

export interface CifarRecords {
  /** [count, 32, 32, 3] */
  readonly pixels: SharedArrayBuffer;
  /** The class of each image, [count]. */
  readonly classIds: Uint8Array;
  /** How many images each file holds. */
  readonly counts: readonly number[];
}

/**
 * Reads CIFAR's binary files, one behind the other.
 *
 * @throws Error  that names the file and the byte where it goes wrong, what is expected and what is found there
 */
export async function readRecords(
  folder: string,
  files: readonly CifarFile[],
  format: RecordFormat,
): Promise<CifarRecords> {
  const paths = files.map(({ name }) => join(folder, name));
  const counts = await Promise.all(files.map(({ records }, i) => countRecords(paths[i]!, records, format)));
  const count = counts.reduce((sum, n) => sum + n, 0);
  const pixels = new SharedArrayBuffer(count * PIXELS * 3);
  const classIds = new Uint8Array(count);
  let first = 0;
  for (const [i, path] of paths.entries()) {
    const bytes = await readExactly(path, counts[i]! * recordBytes(format));
    decode(path, bytes, format, new Uint8Array(pixels, first * PIXELS * 3), classIds.subarray(first));
    first += counts[i]!;
  }
  return { pixels, classIds, counts };
}

async function countRecords(
  path: string,
  records: number | undefined,
  format: RecordFormat,
): Promise<number> {
  const size = await withFile(path, async (file) => (await file.stat()).size);
  const record = recordBytes(format);
  const whole = Math.floor(size / record);
  if (records === undefined ? size === 0 || size % record !== 0 : size !== records * record) {
    const expected =
      records === undefined
        ? `records of ${record} bytes, none of them cut short`
        : `${records * record} bytes (${records} records of ${record})`;
    throw new Error(
      `${path}: expected ${expected}, but found ${size} bytes: ${whole} records, then ${size - whole * record} bytes at byte ${whole * record}.`,
    );
  }
  return whole;
}

async function readExactly(path: string, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  await withFile(path, async (file) => {
    for (let at = 0; at < size;) {
      const { bytesRead } = await file.read(bytes, at, size - at, at);
      if (bytesRead === 0) throw new Error(`${path}: expected ${size} bytes, but it ends at byte ${at}.`);
      at += bytesRead;
    }
  });
  return bytes;
}

async function withFile<T>(path: string, use: (file: FileHandle) => Promise<T>): Promise<T> {
  const file = await open(path).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? new Error(`${path}: expected a file, but there is none.`) : error;
  });
  try {
    return await use(file);
  } finally {
    await file.close();
  }
}

/** From planes of colours to pixels. */
function decode(
  path: string,
  bytes: Uint8Array,
  format: RecordFormat,
  pixels: Uint8Array,
  classIds: Uint8Array,
): void {
  const { labels, classByte } = format;
  let to = 0;
  for (let start = 0, i = 0; start < bytes.length; start += recordBytes(format), i++) {
    for (const [offset, { name, classes }] of labels.entries()) {
      const found = bytes[start + offset]!;
      if (found >= classes) {
        throw new Error(
          `${path}: byte ${start + offset}: expected a ${name} from 0 to ${classes - 1}, but found ${found}.`,
        );
      }
    }
    classIds[i] = bytes[start + classByte]!;
    const red = start + labels.length;
    for (let at = red; at < red + PIXELS; at++) {
      pixels[to++] = bytes[at]!;
      pixels[to++] = bytes[at + PIXELS]!;
      pixels[to++] = bytes[at + 2 * PIXELS]!;
    }
  }
}
