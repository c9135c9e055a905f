import { type Code, i64 } from '../wasm/instructions.js';

/**
 * Loads a 64-bit word of a stored code; the words of codes of up to 32 bits are filled up with zeros.
 *
 * @param offset  bytes from the address to the code
 */
export function loadWord(stride: number, address: Code, word: number, offset = 0): Code {
  if (stride === 1) return i64.load8(address, offset);
  if (stride === 2) return i64.load16(address, offset);
  if (stride === 4) return i64.load32(address, offset);
  return i64.load(address, offset + 8 * word);
}

/** The sum of ones in i64 words, where `word` gives the code of each. */
export function countOnes(words: number, word: (i: number) => Code): Code {
  return Array.from({ length: words }, (_, i) => i64.popcnt(word(i))).reduce((a, b) => i64.add(a, b));
}
