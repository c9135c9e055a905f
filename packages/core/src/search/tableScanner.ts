import type { CodeMemory } from './codeMemory.js';
import { bitsAt, type HashTable, type HashTables } from './hashTables.js';
import type { Pairs } from './matches.js';
import { codeWords, distanceAt, type Words, wordsPerCode } from './plainDistance.js';
import type { LookUp } from './scanPool.js';
import { lookUpTime } from './searchTime.js';

/** Codes in the order in which they were found, and how many at each distance. */
interface Found {
  readonly positions: number[];
  readonly distances: number[];
  readonly counts: Uint32Array;
}

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
    const found = {
      positions: [] as number[],
      distances: [] as number[],
      counts: new Uint32Array(this.#bits + 1),
    };
    const reach = this.#lookUp(
      words,
      Math.min(k, this.#tables.count),
      Math.min(radius, this.#bits),
      budget,
      found,
    );
    for (const position of found.positions) this.#seen[position >> 5] = 0;
    return reach === null ? null : sortedPairs(found, reach, k);
  }

  /** Finds all codes up to the distance that it returns, and some beyond. */
  #lookUp(query: Words, k: number, radius: number, budget: number, found: Found): number | null {
    const { tables } = this.#tables;
    let time = 0;
    let nearest = 0;
    for (let distance = 0; distance <= radius; distance++) {
      const table = tables[distance % tables.length]!;
      const flips = Math.floor(distance / tables.length);
      if (time + lookUpTime(table.bits, flips, table.near[flips] ?? 0) > budget) return null;
      const before = found.positions.length;
      if (flips <= table.bits) this.#compareNear(table, query, flips, found);
      time += lookUpTime(table.bits, flips, found.positions.length - before);
      nearest += found.counts[distance]!;
      if (nearest >= k) return distance;
    }
    return radius;
  }

  /** Compares the codes whose value differs from the query's in `flips` bits. */
  #compareNear(table: HashTable, query: Words, flips: number, found: Found): void {
    const value = bitsAt(query, 0, table.firstBit, table.bits);
    const end = 2 ** table.bits;
    for (let mask = 2 ** flips - 1; mask < end; mask = nextWithSameOnes(mask)) {
      const near = value ^ mask;
      const last = table.starts[near + 1]!;
      for (let i = table.starts[near]!; i < last; i++) this.#compare(table.positions[i]!, query, found);
      if (mask === 0) return;
    }
  }

  #compare(position: number, query: Words, { positions, distances, counts }: Found): void {
    const bit = 1 << (position & 31);
    if (this.#seen[position >> 5]! & bit) return;
    this.#seen[position >> 5]! |= bit;
    const distance = distanceAt(this.#words, position * this.#width, query, this.#width);
    positions.push(position);
    distances.push(distance);
    counts[distance]! += 1;
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

/** The k nearest of what was found up to a distance. */
function sortedPairs({ positions, distances }: Found, reach: number, k: number): Pairs {
  // A distance and a position fit one exact number, so that numbers can be sorted.
  const keys = distances.flatMap((distance, i) =>
    distance <= reach ? [distance * 2 ** 32 + positions[i]!] : [],
  );
  const nearest = Float64Array.from(keys).sort().subarray(0, Math.min(k, keys.length));
  const pairs = new Uint32Array(2 * nearest.length);
  nearest.forEach((key, i) => {
    pairs[2 * i] = key % 2 ** 32;
    pairs[2 * i + 1] = Math.floor(key / 2 ** 32);
  });
  return pairs;
}
