import { mergePair, type Merges } from './merges.js';
import { splitWords } from './splitWords.js';
import { wordSymbols } from './wordSymbols.js';

interface Word {
  symbols: readonly string[];
  /** How often the texts have it. */
  readonly count: number;
}

/**
 * Learns a byte-pair vocabulary from texts: again and again, the pair of neighbours that occurs most often becomes one
 * symbol. Of pairs that occur as often, the first in order of their characters is taken, so that the result does not
 * depend on the order of the texts.
 *
 * @param size  the most merges; fewer where no pair is left that occurs twice
 * @see Sennrich, Haddow & Birch, ACL 2016, arXiv:1508.07909
 */
export function trainBytePairs(texts: Iterable<string>, size: number): Merges {
  const words = countWords(texts);
  const pairs = new PairCounts();
  words.forEach((word) => pairs.add(word, word.count));
  const merges: [string, string][] = [];
  while (merges.length < size) {
    const best = pairs.mostFrequent();
    if (best === undefined) break;
    const [left, right] = best.split(' ') as [string, string];
    for (const word of pairs.wordsWith(best)) {
      pairs.add(word, -word.count);
      word.symbols = mergePair(word.symbols, left, right);
      pairs.add(word, word.count);
    }
    merges.push([left, right]);
  }
  return merges;
}

function countWords(texts: Iterable<string>): Word[] {
  const counts = new Map<string, number>();
  for (const text of texts) {
    for (const word of splitWords(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return Array.from(counts, ([word, count]) => ({ symbols: wordSymbols(word), count }));
}

/** How often each pair of neighbours occurs, and in which words it ever did. */
class PairCounts {
  readonly #counts = new Map<string, number>();
  readonly #words = new Map<string, Set<Word>>();

  add(word: Word, count: number): void {
    for (let i = 0; i + 1 < word.symbols.length; i++) {
      const pair = `${word.symbols[i]} ${word.symbols[i + 1]}`;
      this.#counts.set(pair, (this.#counts.get(pair) ?? 0) + count);
      const words = this.#words.get(pair) ?? new Set();
      this.#words.set(pair, words.add(word));
    }
  }

  /** undefined where none occurs twice */
  mostFrequent(): string | undefined {
    let [best, most]: [string | undefined, number] = [undefined, 1];
    for (const [pair, count] of this.#counts) {
      if (count > most || (count === most && best !== undefined && pair < best)) [best, most] = [pair, count];
    }
    return best;
  }

  wordsWith(pair: string): readonly Word[] {
    return [...(this.#words.get(pair) ?? [])];
  }
}
