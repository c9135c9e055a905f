import { describe, expect, it } from '@jest/globals';
import { HashedWordTokenizer } from './hashedWordTokenizer.js';

describe('HashedWordTokenizer', () => {
  it('numbers words by FNV-1a', () => {
    const tokenizer = new HashedWordTokenizer(1000);
    // The hash of 'a' is 0xe40c292c, as its authors publish it.
    expect(tokenizer.encode('a')).toEqual([1 + (0xe40c292c % 997)]);
    expect(tokenizer.encode('A  red dog, a RED')).toEqual(tokenizer.encode('a red dog , a red'));
    expect(tokenizer).toMatchObject({ size: 1000, start: 998, end: 999 });
  });

  it('keeps clear of padding, start and end', () => {
    const tokenizer = new HashedWordTokenizer(4);
    expect(tokenizer.encode('the quick brown fox')).toEqual([1, 1, 1, 1]);
    expect(tokenizer.encode('<|endoftext|>')).toEqual([1]);
  });

  it.each([3, 10.5])('refuses %d numbers', (size) => {
    expect(() => new HashedWordTokenizer(size)).toThrow(
      `HashedWordTokenizer: expected size to be an integer of at least 4, but got ${size}.`,
    );
  });
});
