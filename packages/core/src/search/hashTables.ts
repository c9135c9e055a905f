import type { CodeMemory } from './codeMemory.js';
import { codeWords, wordsPerCode } from './plainDistance.js';

/** A run of bits that a table is made over. */
export interface TableRun {
  readonly firstBit: number;
  /** At most 24. */
  readonly bits: number;
  /** How many codes differ from a code in exactly f bits of the run, measured on a sample, [bits + 1]. */
  readonly near: Float64Array;
}

/** The positions of codes by the value that each has in a run of bits. */
export interface HashTable extends TableRun {
  /** Where the positions of each value begin, and where the last ones end, [2^bits + 1]. */
  readonly starts: Uint32Array;
  /** [codes] */
  readonly positions: Uint32Array;
}

/** Tables over disjoint runs of bits, in shared memory. */
export interface HashTables {
  /** Codes in them: those at the first positions. */
  readonly count: number;
  readonly tables: readonly HashTable[];
}

/** Bytes of a table over a run of `bits` bits of `count` codes. */
export function tableBytes(bits: number, count: number): number {
  return 4 * (2 ** bits + 1 + count);
}

/** A table of nothing, to be filled. */
export function emptyTable(run: TableRun, count: number): HashTable {
  const starts = new Uint32Array(new SharedArrayBuffer(4 * (2 ** run.bits + 1)));
  const positions = new Uint32Array(new SharedArrayBuffer(4 * count));
  return { ...run, starts, positions };
}

/** Digits of a value that are sorted by last: so few that their counts stay in the cache. */
const LOW_BITS = 12;

/**
 * Fills an empty table with the first codes of a memory: sorts them by the high digits of their values, then each part by
 * the low digits. Sorting by all at once would jump all over the memory, several times for each code.
 */
export function fillTable(memory: CodeMemory, table: HashTable): void {
  const lowBits = Math.min(LOW_BITS, table.bits);
  const parts = new Uint32Array(2 ** (table.bits - lowBits) + 1);
  const lows = sortByHighs(memory, table, lowBits, parts);
  for (let part = 0; part + 1 < parts.length; part++) {
    const [from, to] = [parts[part]!, parts[part + 1]!];
    const starts = table.starts.subarray(part << lowBits, (part + 1) << lowBits);
    sortPart(lows.subarray(from, to), table.positions.subarray(from, to), starts, from);
  }
  table.starts[table.starts.length - 1] = table.positions.length;
}

/**
 * Orders `positions` by the high digits.
 *
 * @param parts  gets where the codes of each begin, [parts + 1]
 * @returns the low digits, in that order
 */
function sortByHighs(
  { buffer, codes, stride }: CodeMemory,
  { firstBit, bits, positions }: HashTable,
  lowBits: number,
  parts: Uint32Array,
): Uint16Array {
  const count = positions.length;
  const words = codeWords(buffer, codes, count * stride, stride);
  const width = wordsPerCode(stride);
  for (let i = 0; i < count; i++) parts[(bitsAt(words, i * width, firstBit, bits) >> lowBits) + 1]! += 1;
  for (let part = 1; part < parts.length; part++) parts[part]! += parts[part - 1]!;
  const next = parts.slice();
  const lows = new Uint16Array(count);
  for (let i = 0; i < count; i++) {
    const value = bitsAt(words, i * width, firstBit, bits);
    const place = next[value >> lowBits]!++;
    positions[place] = i;
    lows[place] = value & ((1 << lowBits) - 1);
  }
  return lows;
}

/** Orders `positions` by the low digits; `starts` gets where each value begins, beyond `first`. */
function sortPart(lows: Uint16Array, positions: Uint32Array, starts: Uint32Array, first: number): void {
  const next = new Uint32Array(starts.length + 1);
  for (let i = 0; i < lows.length; i++) next[lows[i]! + 1]! += 1;
  for (let low = 1; low < next.length; low++) next[low]! += next[low - 1]!;
  for (let low = 0; low < starts.length; low++) starts[low] = first + next[low]!;
  const unsorted = positions.slice();
  for (let i = 0; i < unsorted.length; i++) positions[next[lows[i]!]!++] = unsorted[i]!;
}

/** The value of a run of up to 24 bits of the code that begins at word `at`. */
export function bitsAt(words: ArrayLike<number>, at: number, firstBit: number, bits: number): number {
  const word = at + (firstBit >> 5);
  const shift = firstBit & 31;
  const low = words[word]! >>> shift;
  const high = shift + bits > 32 ? words[word + 1]! << (32 - shift) : 0;
  return (low | high) & ((1 << bits) - 1);
}
