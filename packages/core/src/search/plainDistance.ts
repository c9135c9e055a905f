import { popcount } from '../codes/popcount.js';

/** Stored codes in words of up to 32 bits. */
export type Words = Uint8Array | Uint16Array | Uint32Array;

/** A view of stored codes. */
export function codeWords(buffer: ArrayBufferLike, address: number, bytes: number, stride: number): Words {
  if (stride === 1) return new Uint8Array(buffer, address, bytes);
  return stride === 2
    ? new Uint16Array(buffer, address, bytes / 2)
    : new Uint32Array(buffer, address, bytes / 4);
}

/** Words in a stored code. */
export function wordsPerCode(stride: number): number {
  return Math.ceil(stride / 4);
}

/** The distance of a query, [width], from the code that begins at word `at`. */
export function distanceAt(database: Words, at: number, query: Words, width: number): number {
  let distance = 0;
  for (let word = 0; word < width; word++) distance += popcount(database[at + word]! ^ query[word]!);
  return distance;
}
