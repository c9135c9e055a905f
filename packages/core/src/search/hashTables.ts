import type { CodeMemory } from './codeMemory.js';
import { codeWords, wordsPerCode } from './plainDistance.js';

/** The positions of codes by the value that each has in a run of bits. */
export interface HashTable {
  readonly firstBit: number;
  /** At most 24. */
  readonly bits: number;
  /** Where the positions of each value begin, and where the last ones end, [2^bits + 1]. */
  readonly starts: Uint32Array;
  /** [codes] */
  readonly positions: Uint32Array;
}

/** Tables over disjoint runs of all bits, in shared memory. */
export interface HashTables {
  /** Codes in them: those at the first positions. */
  readonly count: number;
  readonly tables: readonly HashTable[];
}

const MOST_TABLE_BITS = 24;

/**
 * Builds tables over the first `count` codes: about bits / log2(count) of them, so that a value has about one code, as
 * multi-index hashing asks for.
 *
 * @param memory  codes of more than 16 bits
 */
export function buildHashTables(memory: CodeMemory, count: number): HashTables {
  const { bits } = memory;
  const wanted = Math.max(1, Math.round(bits / Math.log2(Math.max(256, count))));
  const number = Math.max(wanted, Math.ceil(bits / MOST_TABLE_BITS));
  const tables = Array.from({ length: number }, (_, i) => {
    const firstBit = Math.floor((i * bits) / number);
    return buildHashTable(memory, count, firstBit, Math.floor(((i + 1) * bits) / number) - firstBit);
  });
  return { count, tables };
}

function buildHashTable(memory: CodeMemory, count: number, firstBit: number, bits: number): HashTable {
  const { buffer, codes, stride } = memory;
  const words = codeWords(buffer, codes, count * stride, stride);
  const width = wordsPerCode(stride);
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (2 ** bits + 1)));
  const positions = new Uint32Array(new SharedArrayBuffer(4 * count));
  // Counted one place further on, sums are where each value begins; filling moves each on to where the next begins.
  for (let i = 0; i < count; i++) starts[bitsAt(words, i * width, firstBit, bits) + 1]! += 1;
  for (let value = 1; value < starts.length; value++) starts[value]! += starts[value - 1]!;
  for (let i = 0; i < count; i++) positions[starts[bitsAt(words, i * width, firstBit, bits)]!++] = i;
  starts.copyWithin(1, 0);
  starts[0] = 0;
  return { firstBit, bits, starts, positions };
}

/** The value of a run of up to 24 bits of the code that begins at word `at`. */
export function bitsAt(words: ArrayLike<number>, at: number, firstBit: number, bits: number): number {
  const word = at + (firstBit >> 5);
  const shift = firstBit & 31;
  const low = words[word]! >>> shift;
  const high = shift + bits > 32 ? words[word + 1]! << (32 - shift) : 0;
  return (low | high) & ((1 << bits) - 1);
}
