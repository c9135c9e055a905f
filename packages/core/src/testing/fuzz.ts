import { rmSync, writeFileSync } from 'node:fs';
import type { Rng } from '../random/rng.js';
import { countElements } from '../files/numericArray.js';
import type { ArrayFile } from '../files/arrayFile.js';

/** Values at which arithmetic on sizes goes wrong. */
const EXTREMES = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];

/** A copy of a file with one to four injuries: bits, bytes and sizes changed, parts removed, repeated or cut off. */
export function mutate(file: Buffer, rng: Rng): Buffer {
  let bytes = Buffer.from(file);
  for (let left = 1 + rng.int(4); left > 0 && bytes.length > 8; left--) bytes = injure(bytes, rng);
  return bytes;
}

function injure(bytes: Buffer<ArrayBuffer>, rng: Rng): Buffer<ArrayBuffer> {
  const at = rng.int(bytes.length - 8);
  const length = 1 + rng.int(Math.min(64, bytes.length - at));
  switch (rng.int(8)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 2:
      return rng.chance(0.2) ? bytes.subarray(0, at) : bytes;
    case 3:
      bytes.copyWithin(rng.int(bytes.length), at, at + length);
      return bytes;
    case 4:
      bytes.writeUInt8(rng.int(256), at);
      return bytes;
    case 5: {
      const width = [1, 2, 4, 8][rng.int(4)]!;
      const extreme = Buffer.alloc(8);
      extreme.writeBigUInt64LE(EXTREMES[rng.int(EXTREMES.length)]! & (2n ** 64n - 1n));
      extreme.copy(bytes, at, 0, width);
      return bytes;
    }
    default:
      bytes[at]! ^= 1 << rng.int(8);
      return bytes;
  }
}

export interface FuzzResult {
  /** Files that were read to the end. */
  readonly read: number;
  readonly refused: number;
}

/**
 * Opens and reads many injured copies of a file. Each must be read or be refused with an error that names the file.
 *
 * @param path  where the copies are written, one after another
 * @throws Error  that says with which run to look, where a reader fails in any other way
 */
export async function fuzz(
  file: Buffer,
  path: string,
  open: (path: string) => Promise<ArrayFile>,
  { runs, rng }: { readonly runs: number; readonly rng: Rng },
): Promise<FuzzResult> {
  let refused = 0;
  for (let run = 0; run < runs; run++) {
    // A new file each time: after an error HDF5 keeps the old one open, and would read what is written over it from memory.
    rmSync(path, { force: true });
    writeFileSync(path, mutate(file, rng.fork(run)));
    try {
      await readAll(path, open);
    } catch (error) {
      if (!(error instanceof Error) || error.constructor !== Error || !error.message.includes(path))
        throw new Error(`run ${run}: expected an error that names the file.`, { cause: error });
      refused++;
    }
  }
  return { read: runs - refused, refused };
}

async function readAll(path: string, open: (path: string) => Promise<ArrayFile>): Promise<void> {
  const file = await open(path);
  try {
    for (const [name, { shape }] of file.arrays) {
      const { data } = await file.read(name);
      if (data.length !== countElements(shape)) throw new TypeError(`${name} has ${data.length} elements.`);
    }
  } finally {
    await file.close();
  }
}
