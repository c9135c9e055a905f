import { type Code, i64 } from '../wasm/instructions.js';

/** Loads a 64-bit word of a stored code; the words of codes of up to 32 bits are filled up with zeros. */
export function loadWord(stride: number, address: Code, word: number): Code {
  if (stride === 1) return i64.load8(address);
  if (stride === 2) return i64.load16(address);
  if (stride === 4) return i64.load32(address);
  return i64.load(address, 8 * word);
}

/** The sum of ones in i64 words, where `word` gives the code of each. */
export function countOnes(words: number, word: (i: number) => Code): Code {
  return Array.from({ length: words }, (_, i) => i64.popcnt(word(i))).reduce((a, b) => i64.add(a, b));
}
