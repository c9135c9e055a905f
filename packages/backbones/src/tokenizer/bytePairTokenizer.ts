import type { Tokenizer } from '@hash/core';
import { SYMBOLS_IN_ORDER } from './byteSymbols.js';
import { mergePair, WORD_END, type Merges } from './merges.js';
import { END, splitWords, START } from './splitWords.js';
import { wordSymbols } from './wordSymbols.js';

/** Of words whose numbers are remembered; then they are forgotten all together. */
const MOST_WORDS = 2 ** 16;

/**
 * CLIP's tokenizer: words of UTF-8 bytes, in which the pairs that the vocabulary learned become one symbol, the pair
 * learned first before all others. The numbers are those of the published vocabulary: bytes, bytes that end a word,
 * merges, start, end.
 *
 * @see Sennrich, Haddow & Birch, ACL 2016, arXiv:1508.07909
 */
export class BytePairTokenizer implements Tokenizer {
  readonly size: number;
  readonly start: number;
  readonly end: number;
  readonly #numbers: ReadonlyMap<string, number>;
  /** The order of learning, by `left right`. */
  readonly #ranks: ReadonlyMap<string, number>;
  readonly #words = new Map<string, readonly number[]>();

  /** @throws Error  for a merge of symbols that are not in the vocabulary by then */
  constructor(merges: Merges) {
    const numbers = new Map<string, number>();
    let count = 0;
    // Two merges may make the same symbol: as published, it has the number of the later one, and the other goes unused.
    const add = (symbol: string) => numbers.set(symbol, count++);
    for (const symbol of SYMBOLS_IN_ORDER) add(symbol);
    for (const symbol of SYMBOLS_IN_ORDER) add(symbol + WORD_END);
    merges.forEach(([left, right], i) => {
      if (!numbers.has(left) || !numbers.has(right)) {
        throw new Error(
          `BytePairTokenizer: merge ${i}: expected symbols of the vocabulary, but got '${left}' and '${right}'.`,
        );
      }
      add(left + right);
    });
    this.#numbers = numbers;
    this.#ranks = new Map(merges.map(([left, right], i) => [`${left} ${right}`, i]));
    this.start = count;
    this.end = count + 1;
    this.size = count + 2;
  }

  encode(text: string): readonly number[] {
    return splitWords(text).flatMap((word) => this.#encodeWord(word));
  }

  #encodeWord(word: string): readonly number[] {
    if (word === START) return [this.start];
    if (word === END) return [this.end];
    const known = this.#words.get(word);
    if (known) return known;
    const numbers = this.#merge(wordSymbols(word)).map((symbol) => this.#numbers.get(symbol)!);
    if (this.#words.size >= MOST_WORDS) this.#words.clear();
    this.#words.set(word, numbers);
    return numbers;
  }

  #merge(symbols: string[]): string[] {
    for (;;) {
      const first = this.#firstLearned(symbols);
      if (first < 0) return symbols;
      symbols = mergePair(symbols, symbols[first]!, symbols[first + 1]!);
    }
  }

  /** Where the pair is that was learned before all others; -1 where none was. */
  #firstLearned(symbols: readonly string[]): number {
    let [best, lowest] = [-1, Infinity];
    for (let i = 0; i + 1 < symbols.length; i++) {
      const rank = this.#ranks.get(`${symbols[i]} ${symbols[i + 1]}`) ?? Infinity;
      if (rank < lowest) [best, lowest] = [i, rank];
    }
    return best;
  }
}
