import { describe, expect, it } from '@jest/globals';
import { BytePairTokenizer } from './bytePairTokenizer.js';
import { trainBytePairs } from './trainBytePairs.js';

describe('trainBytePairs', () => {
  // The words of the paper's example: low 5 times, lower 2, newest 6, widest 3.
  const texts = [
    ...Array<string>(5).fill('low'),
    ...Array<string>(2).fill('lower'),
    ...Array<string>(6).fill('newest'),
    ...Array<string>(3).fill('Widest'),
  ];

  it('joins the most frequent neighbours first', () => {
    // Counted by hand: e s, s t</w> and st 9 each, of which 'e s' is first; then 'es t</w>' 9; l o 7; ...
    expect(trainBytePairs(texts, 5)).toEqual([
      ['e', 's'],
      ['es', 't</w>'],
      ['l', 'o'],
      ['e', 'w'],
      ['ew', 'est</w>'],
    ]);
  });

  it('stops where nothing occurs twice', () => {
    const merges = trainBytePairs(texts, 1000);
    const tokenizer = new BytePairTokenizer(merges);
    for (const word of ['low', 'lower', 'newest', 'widest']) expect(tokenizer.encode(word)).toHaveLength(1);
    expect(tokenizer.encode('slowest').length).toBeGreaterThan(1);
    expect(trainBytePairs(['ab'], 10)).toEqual([]);
    expect(trainBytePairs([], 10)).toEqual([]);
  });

  it('counts neighbours that overlap with themselves as often as they stand', () => {
    expect(trainBytePairs(['aaab', 'aaab'], 3)).toEqual([
      ['a', 'a'],
      ['a', 'b</w>'],
      ['aa', 'ab</w>'],
    ]);
  });

  it('does not depend on the order of the texts', () => {
    expect(trainBytePairs(texts.toReversed(), 20)).toEqual(trainBytePairs(texts, 20));
  });
});
