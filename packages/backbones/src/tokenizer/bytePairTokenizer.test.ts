import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { tokenizeTexts } from '@hash/core';
import { BytePairTokenizer } from './bytePairTokenizer.js';
import { readMerges } from './mergesFile.js';

interface Oracle {
  readonly vocab_size: number;
  readonly sot: number;
  readonly eot: number;
  readonly cases: readonly {
    readonly text: string;
    readonly bpe_ids: readonly number[];
    readonly ids_32_repo_rule: readonly number[];
  }[];
}

// Numbers of OpenAI's own tokenizer.
const oracle = JSON.parse(
  readFileSync(new URL('../../fixtures/tokenizer.json', import.meta.url), 'utf8'),
) as Oracle;

const published = join(process.env['HASH_DATA'] ?? '', 'clip-bpe', 'bpe_simple_vocab_16e6.txt.gz');
const present = existsSync(published);
if (!present) {
  console.warn(
    `Skipped the tests on CLIP's vocabulary (HASH_DATA names the folder of data sets): there is no ${published}.`,
  );
}

(present ? describe : describe.skip)("BytePairTokenizer with CLIP's vocabulary", () => {
  const ready = readMerges(published).then((merges) => new BytePairTokenizer(merges));

  it('has the published sizes', async () => {
    const { size, start, end } = await ready;
    expect({ size, start, end }).toEqual({ size: oracle.vocab_size, start: oracle.sot, end: oracle.eot });
  });

  it.each(oracle.cases)('numbers $text', async ({ text, bpe_ids, ids_32_repo_rule }) => {
    const tokenizer = await ready;
    expect(tokenizer.encode(text)).toEqual(bpe_ids);
    expect([...tokenizeTexts([text], tokenizer, 32).ids]).toEqual(ids_32_repo_rule);
  });

  it('numbers a word of a hundred thousand letters', async () => {
    const numbers = (await ready).encode('ab'.repeat(50_000));
    expect(numbers.length).toBeLessThan(50_001);
  });
});

describe('BytePairTokenizer', () => {
  // 'l o' comes first, though 'o w</w>' would be met first in 'slow'.
  const tokenizer = new BytePairTokenizer([
    ['l', 'o'],
    ['o', 'w</w>'],
    ['lo', 'w</w>'],
    ['a', 'a'],
  ]);

  it('merges what was learned first, from the left on', () => {
    expect(tokenizer.size).toBe(512 + 4 + 2);
    expect(tokenizer.encode('low')).toEqual([514]);
    expect(tokenizer.encode('slow')).toEqual([82, 514]);
    expect(tokenizer.encode('cow')).toEqual([66, 513]);
    expect(tokenizer.encode('aaaab')).toEqual([515, 515, 65 + 256]);
    expect(tokenizer.encode('aaa')).toEqual([515, 64 + 256]);
  });

  it('numbers every byte', () => {
    expect(tokenizer.encode('é')).toEqual([127, 102 + 256]); // c3 a9: 'Ã' and '©</w>'
    expect(tokenizer.encode('!')).toEqual([256]);
    expect(tokenizer.encode(' \n\t')).toEqual([]);
  });

  it('is but bytes without merges', () => {
    expect(new BytePairTokenizer([]).encode('Hi')).toEqual([71, 72 + 256]);
  });

  it('gives a symbol that is made twice the later number, as the published program does', () => {
    const twice = new BytePairTokenizer([
      ['a', 'b'],
      ['b', 'c'],
      ['ab', 'c'],
      ['a', 'bc'],
    ]);
    expect(twice.size).toBe(512 + 4 + 2);
    expect(twice.encode('abcd')).toEqual([515, 67 + 256]);
  });

  it('refuses merges of unknown symbols', () => {
    expect(
      () =>
        new BytePairTokenizer([
          ['a', 'b'],
          ['ab', 'cd'],
        ]),
    ).toThrow(
      // prettier-ignore
      "BytePairTokenizer: merge 1: expected symbols of the vocabulary, but got 'ab' and 'cd'.",
    );
  });
});
