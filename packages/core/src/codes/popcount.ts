/** Looked up once: inside a `vm` context, as in tests, each look-up of a global takes longer than the rest. */
const { imul } = Math;

/** The number of ones in a 32-bit word (Warren, Hacker's Delight, 5-1). */
export function popcount(word: number): number {
  word -= (word >>> 1) & 0x55555555;
  word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
  word = (word + (word >>> 4)) & 0x0f0f0f0f;
  return imul(word, 0x01010101) >>> 24;
}
