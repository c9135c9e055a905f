import { createHash } from 'node:crypto';
import type { SplitRecord } from '@hash/core';

/** Positions of the items of each part, by its name. */
export type SplitParts = Readonly<Record<string, readonly number[]>>;

/**
 * The SHA-256 of a split, in hexadecimal digits. What is hashed is ASCII text: for each part, in alphabetical order of
 * the names, a line with its name and a line for each position in its order, in decimal. Each line ends in a line feed.
 * Of the parts { query: [7], database: [2, 0] } it is `database\n2\n0\nquery\n7\n`.
 */
export function splitSha256(parts: SplitParts): string {
  const hash = createHash('sha256');
  for (const name of Object.keys(parts).sort()) {
    hash.update(`${name}\n`);
    hash.update(parts[name]!.map((position) => `${position}\n`).join(''));
  }
  return hash.digest('hex');
}

/** A record of the split with its hash. */
export function recordSplit(protocol: string, seed: number | null, parts: SplitParts): SplitRecord {
  return { protocol, seed, parts, sha256: splitSha256(parts) };
}
