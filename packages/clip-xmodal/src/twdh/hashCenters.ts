import type { Rng } from '@hash/core';

/** A code for each class. */
export interface HashCenters {
  readonly classes: number;
  readonly bits: number;
  /** -1 and 1, [classes, bits] */
  readonly data: Float32Array;
}

/**
 * Codes of classes that are far from each other: rows of Sylvester's Hadamard matrix without its first, which differ in
 * half of their bits, then their opposites, in random order; where there are too few, random codes with as many ones as
 * minus ones, no two the same.
 *
 * @throws RangeError  where there are not so many such codes
 */
export function hashCenters(classes: number, bits: number, rng: Rng): HashCenters {
  const rows = hadamardRows(classes, bits, rng) ?? balancedRows(classes, bits, rng);
  return { classes, bits, data: Float32Array.from(rows.flat()) };
}

/** undefined where the length is no power of two, or has too few rows */
function hadamardRows(classes: number, bits: number, rng: Rng): number[][] | undefined {
  const rows = bits - 1;
  if ((bits & rows) !== 0 || classes > 2 * rows) return undefined;
  const shuffled = (sign: number) =>
    [...rng.permutation(rows)].map((row) => hadamardRow(row + 1, bits).map((value) => sign * value));
  return [...shuffled(1), ...shuffled(-1)].slice(0, classes);
}

/** `(-1)^(ones in row AND column)` */
function hadamardRow(row: number, bits: number): number[] {
  return Array.from({ length: bits }, (_, column) => (ones(row & column) % 2 === 0 ? 1 : -1));
}

function ones(word: number): number {
  return word === 0 ? 0 : (word & 1) + ones(word >>> 1);
}

function balancedRows(classes: number, bits: number, rng: Rng): number[][] {
  const rows = new Map<string, number[]>();
  for (let draws = 0; rows.size < classes; draws++) {
    if (draws > 100 * classes + 1000)
      throw new RangeError(
        `hashCenters: expected ${classes} different codes of ${bits} bits, but found ${rows.size}.`,
      );
    const row = [...rng.permutation(bits)].map((place) => (place < bits / 2 ? 1 : -1));
    rows.set(row.join(), row);
  }
  return [...rows.values()];
}
