import { BYTE_SYMBOLS } from './byteSymbols.js';
import { WORD_END } from './merges.js';

/** A word as symbols of its bytes in UTF-8, the last one marked as the word's end. */
export function wordSymbols(word: string): string[] {
  const symbols = Array.from(new TextEncoder().encode(word), (byte) => BYTE_SYMBOLS[byte]!);
  symbols.push(symbols.pop()! + WORD_END);
  return symbols;
}
