import type { CodeMemory } from './codeMemory.js';
import { FoundCodes } from './foundCodes.js';
import { bitsAt, type HashTable, type HashTables } from './hashTables.js';
import type { Pairs } from './matches.js';
import { codeWords, distanceAt, type Words, wordsPerCode } from './plainDistance.js';
import type { LookUp } from './scanPool.js';
import { lookUpTime } from './searchTime.js';

/**
 * Exact search by multi-index hashing. Codes that differ in at most r = ρm + a bits differ, in one of m runs of bits, in
 * at most ρ (run 0 to a) or ρ - 1 bits (the others). So it looks up all values that are so near to the query's, for r
 * = 0, 1, 2, ..., until the k nearest are known. That is fast where they are near, and hopeless where they are not.
 *
 * @see Norouzi, Punjani & Fleet, Fast search in Hamming space with multi-index hashing, CVPR 2012
 */
export class TableScanner {
  readonly #tables: HashTables;
  readonly #bits: number;
  readonly #width: number;
  readonly #words: Words;
  /** A bit for each code that was compared already. */
  readonly #seen: Uint32Array;
  readonly #found = new FoundCodes();

  constructor(memory: CodeMemory, tables: HashTables) {
    const { buffer, codes, stride, bits } = memory;
    this.#tables = tables;
    this.#bits = bits;
    this.#width = wordsPerCode(stride);
    this.#words = codeWords(buffer, codes, tables.count * stride, stride);
    this.#seen = new Uint32Array(Math.ceil(tables.count / 32));
  }

  /**
   * The k nearest codes within the radius by distance, then position, or null where a flat scan would be faster.
   *
   * @param query   a stored code
   * @param budget  the time after which to give up: see `searchTime`
   */
  search(query: Uint8Array, k: number, radius: number, budget: number): Pairs | null {
    const words = codeWords(query.slice().buffer, 0, query.length, query.length);
    this.#found.count = 0;
    const reach = this.#lookUp(words, Math.min(k, this.#tables.count), Math.min(radius, this.#bits), budget);
    for (let i = 0; i < this.#found.count; i++) this.#seen[this.#found.positions[i]! >> 5] = 0;
    return reach === null ? null : this.#found.nearest(reach, k);
  }

  /** Finds all codes up to the distance that it returns, and some beyond. */
  #lookUp(query: Words, k: number, radius: number, budget: number): number | null {
    const { tables } = this.#tables;
    const counts = new Uint32Array(this.#bits + 1);
    const found = this.#found;
    let time = 0;
    let nearest = 0;
    for (let distance = 0; distance <= radius; distance++) {
      const table = tables[distance % tables.length]!;
      const flips = Math.floor(distance / tables.length);
      if (time + lookUpTime(table.bits, flips, table.near[flips] ?? 0) > budget) return null;
      const before = found.count;
      if (flips <= table.bits) this.#compareNear(table, query, flips);
      time += lookUpTime(table.bits, flips, found.count - before);
      for (let i = before; i < found.count; i++) counts[found.distances[i]!]! += 1;
      nearest += counts[distance]!;
      if (nearest >= k) return distance;
    }
    return radius;
  }

  /**
   * Compares the codes whose value differs from the query's in `flips` bits: step by step for all of them, so that the
   * processor fetches many from memory at the same time.
   */
  #compareNear(table: HashTable, query: Words, flips: number): void {
    const before = this.#found.count;
    this.#collect(table, bitsAt(query, 0, table.firstBit, table.bits), flips);
    this.#found.count = this.#dropSeen(before);
    const { positions, distances, count } = this.#found;
    for (let i = before; i < count; i++)
      distances[i] = distanceAt(this.#words, positions[i]! * this.#width, query, this.#width);
  }

  #collect({ bits, starts, positions }: HashTable, value: number, flips: number): void {
    const end = 2 ** bits;
    for (let mask = 2 ** flips - 1; mask < end; mask = nextWithSameOnes(mask)) {
      this.#found.add(positions, starts[value ^ mask]!, starts[(value ^ mask) + 1]!);
      if (mask === 0) return;
    }
  }

  /** Moves the codes from `before` on that were not seen yet together; returns where they end. */
  #dropSeen(before: number): number {
    const { positions, count } = this.#found;
    const seen = this.#seen;
    let end = before;
    for (let i = before; i < count; i++) {
      const position = positions[i]!;
      const word = seen[position >> 5]!;
      const bit = 1 << (position & 31);
      seen[position >> 5] = word | bit;
      positions[end] = position;
      end += (word & bit) === 0 ? 1 : 0;
    }
    return end;
  }
}

/** What `search` finds for each of some queries. */
export function lookUpAll(
  memory: CodeMemory,
  tables: HashTables,
  { queries, k, radius, budget }: LookUp,
): (Pairs | null)[] {
  const scanner = new TableScanner(memory, tables);
  return Array.from({ length: queries.length / memory.stride }, (_, query) =>
    scanner.search(queries.subarray(query * memory.stride, (query + 1) * memory.stride), k, radius, budget),
  );
}

/** The next larger number with as many ones (Warren, Hacker's Delight, 2-1). */
function nextWithSameOnes(mask: number): number {
  const lowest = mask & -mask;
  const ripple = mask + lowest;
  return ripple | ((ripple ^ mask) >>> (33 - Math.clz32(lowest)));
}
