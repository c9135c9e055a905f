import { describe, expect, it } from '@jest/globals';
import type { Tokenizer } from '../contracts/text.js';
import { tokenizeTexts, trimPadding } from './tokenizeTexts.js';

/** The letters a to h are 0 to 7. */
const letters: Tokenizer = {
  size: 10,
  start: 8,
  end: 9,
  encode: (text) => Array.from(text, (letter) => (letter === '$' ? 9 : letter.charCodeAt(0) - 97)),
};

describe('tokenizeTexts', () => {
  it('starts, ends and pads each text', () => {
    const { ids, shape, lengths } = tokenizeTexts(['cab', '', 'bb'], letters, 5);
    expect(shape).toEqual([3, 5]);
    expect([...ids]).toEqual([8, 2, 0, 1, 9, 8, 9, 0, 0, 0, 8, 1, 1, 9, 0]);
    expect([...lengths]).toEqual([5, 2, 4]);
  });

  it('cuts a text that is too long, but keeps its end', () => {
    const { ids, lengths } = tokenizeTexts(['bcdefg', 'bcdef'], letters, 4);
    expect([...ids]).toEqual([8, 1, 2, 9, 8, 1, 2, 9]);
    expect([...lengths]).toEqual([4, 4]);
  });

  it('counts up to the first end token', () => {
    const { ids, lengths } = tokenizeTexts(['b$c'], letters, 6);
    expect([...ids]).toEqual([8, 1, 9, 2, 9, 0]);
    expect([...lengths]).toEqual([3]);
  });

  it('makes no rows of no texts', () => {
    expect(tokenizeTexts([], letters, 4).shape).toEqual([0, 4]);
    expect(trimPadding(tokenizeTexts([], letters, 4)).shape).toEqual([0, 1]);
  });

  it.each([1, 2.5, NaN])('refuses rows of %d tokens', (length) => {
    expect(() => tokenizeTexts(['a'], letters, length)).toThrow(
      `tokenizeTexts: expected length to be an integer of at least 2, but got ${length}.`,
    );
  });
});

describe('trimPadding', () => {
  it('keeps the longest row whole', () => {
    const tokens = tokenizeTexts(['b', 'cd'], letters, 6);
    const { ids, shape, lengths } = trimPadding(tokens);
    expect(shape).toEqual([2, 4]);
    expect([...ids]).toEqual([8, 1, 9, 0, 8, 2, 3, 9]);
    expect(lengths).toBe(tokens.lengths);
  });
});
