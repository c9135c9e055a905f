/** Two symbols that become one, in the order of their learning: the whole of what a byte-pair vocabulary learned. */
export type Merges = readonly (readonly [left: string, right: string])[];

/** Ends the last symbol of a word. */
export const WORD_END = '</w>';

/** Replaces each `left, right` by one symbol, from the left on. */
export function mergePair(symbols: readonly string[], left: string, right: string): string[] {
  const merged: string[] = [];
  for (let i = 0; i < symbols.length; i++) {
    const pair = symbols[i] === left && symbols[i + 1] === right;
    merged.push(pair ? left + right : symbols[i]!);
    if (pair) i++;
  }
  return merged;
}
