import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { cleanText } from './cleanText.js';

const fixture = new URL('../../fixtures/clean-text.json', import.meta.url);
const cases = JSON.parse(readFileSync(fixture, 'utf8')) as readonly { text: string; clean: string }[];

describe('cleanText', () => {
  it.each(cases)('makes of $text what ftfy and CLIP make', ({ text, clean }) => {
    expect(cleanText(text)).toBe(clean);
  });

  it('leaves alone what only looks like a wrong encoding', () => {
    expect(cleanText('schÃ¶n 日本')).toBe('schã¶n 日本');
    expect(cleanText('Ã!')).toBe('ã!');
  });
});
