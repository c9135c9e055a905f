import type { CodeMemory } from './codeMemory.js';
import { type Matches, matchesOf, nearestPairs, type Pairs } from './matches.js';
import { codeWords, distanceAt, type Words, wordsPerCode } from './plainDistance.js';
import type { Scan, Scanner } from './scanner.js';

/**
 * The scanner in plain TypeScript, for any number of neighbours: it counts the codes at each distance, so that it knows
 * how far the k-th is, and collects those up to there in a second pass.
 */
export class PlainScanner implements Scanner {
  readonly #memory: CodeMemory;

  constructor(memory: CodeMemory) {
    this.#memory = memory;
  }

  scan({ queries, k, radius, from, to }: Scan): Matches {
    const { buffer, codes, stride, bits } = this.#memory;
    const database = codeWords(buffer, codes + from * stride, (to - from) * stride, stride);
    const width = wordsPerCode(stride);
    const found: Pairs[] = [];
    for (let at = 0; at < queries.length; at += stride) {
      const query = codeWords(queries.slice(at, at + stride).buffer, 0, stride, stride);
      const counts = countDistances(database, query, width, bits);
      found.push(nearestPairs(collect(database, query, width, from, reach(counts, k, radius)), k, bits));
    }
    return matchesOf(found);
  }
}

/** The largest distance of interest, and how many codes are that near. */
interface Reach {
  readonly distance: number;
  readonly count: number;
}

function reach(counts: Uint32Array, k: number, radius: number): Reach {
  let count = 0;
  let distance = -1;
  while (distance < Math.min(radius, counts.length - 1) && count < k) count += counts[++distance]!;
  return { distance, count };
}

function countDistances(database: Words, query: Words, width: number, bits: number): Uint32Array {
  const counts = new Uint32Array(bits + 1);
  for (let at = 0; at < database.length; at += width) counts[distanceAt(database, at, query, width)]! += 1;
  return counts;
}

function collect(
  database: Words,
  query: Words,
  width: number,
  from: number,
  { distance, count }: Reach,
): Pairs {
  const pairs = new Uint32Array(2 * count);
  let next = 0;
  for (let at = 0; at < database.length; at += width) {
    const found = distanceAt(database, at, query, width);
    if (found > distance) continue;
    pairs[next++] = from + at / width;
    pairs[next++] = found;
  }
  return pairs;
}
