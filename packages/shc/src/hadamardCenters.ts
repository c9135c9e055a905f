import type { HashCenters } from './hashCenters.js';

/**
 * The rows of Sylvester's Hadamard matrix and then their negatives, as many as there are classes: any two are `bits / 2`
 * or `bits` apart.
 *
 * @throws Error unless bits is a power of two and there are at most 2 · bits classes
 */
export function hadamardCenters(classes: number, bits: number): HashCenters {
  if (!isPowerOfTwo(bits)) {
    throw new Error(`hadamardCenters: expected bits to be a power of two, but got ${bits}.`);
  }
  if (classes > 2 * bits) {
    throw new Error(
      `hadamardCenters: expected at most ${2 * bits} classes for ${bits} bits, but got ${classes}.`,
    );
  }
  const data = new Int8Array(classes * bits);
  for (let i = 0; i < classes; i++) {
    for (let k = 0; k < bits; k++) {
      const sign = oddParity(i & k & (bits - 1)) ? -1 : 1;
      data[i * bits + k] = i < bits ? sign : -sign;
    }
  }
  return { classes, bits, data };
}

export function isPowerOfTwo(x: number): boolean {
  return Number.isInteger(x) && x > 0 && (x & (x - 1)) === 0;
}

function oddParity(x: number): boolean {
  let odd = false;
  for (; x !== 0; x &= x - 1) odd = !odd;
  return odd;
}
