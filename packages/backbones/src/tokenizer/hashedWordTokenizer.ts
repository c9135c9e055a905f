import type { Tokenizer } from '@hash/core';
import { splitWords } from './splitWords.js';

/**
 * Numbers whole words by a hash of their letters: a vocabulary that needs no file and no corpus, for small networks that
 * learn from scratch. Words that share a number are told apart by their neighbours alone; of w words, about w² / (2 size)
 * pairs do, so leave room for far more than there are.
 *
 * @see Weinberger et al., ICML 2009, arXiv:0902.2206
 */
export class HashedWordTokenizer implements Tokenizer {
  readonly size: number;
  readonly start: number;
  readonly end: number;

  /** @param size  of the vocabulary: padding, words, start, end */
  constructor(size: number) {
    if (!Number.isInteger(size) || size < 4) {
      throw new RangeError(
        `HashedWordTokenizer: expected size to be an integer of at least 4, but got ${size}.`,
      );
    }
    this.size = size;
    this.start = size - 2;
    this.end = size - 1;
  }

  encode(text: string): readonly number[] {
    return splitWords(text).map((word) => 1 + (hash(word) % (this.size - 3)));
  }
}

/** FNV-1a of the bytes in UTF-8. */
function hash(word: string): number {
  let state = 0x811c9dc5;
  for (const byte of new TextEncoder().encode(word)) state = Math.imul(state ^ byte, 0x01000193);
  return state >>> 0;
}
