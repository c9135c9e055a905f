import { cleanText } from './cleanText.js';

export const START = '<|startoftext|>';
export const END = '<|endoftext|>';

/** The special tokens spelt out, English endings, runs of letters, single digits, runs of anything else. */
const WORD = /<\|startoftext\|>|<\|endoftext\|>|'s|'t|'re|'ve|'m|'ll|'d|\p{L}+|\p{N}|[^\s\p{L}\p{N}]+/giu;

/** The words of a text, cleaned, as CLIP's tokenizer cuts them. */
export function splitWords(text: string): string[] {
  return cleanText(text).match(WORD) ?? [];
}
