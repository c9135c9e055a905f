import { unescapeHtml } from './unescapeHtml.js';
import { fixC1Controls, repairMojibake } from './windows1252.js';

/** Ligatures, and full-width and half-width forms: characters that are others in another shape. */
const SHAPES = /[\u0132\u0133\u0149\u01c4-\u01cc\u01f1-\u01f3\ufb00-\ufb06\u3000\uff01-\uffef]/g;

const SINGLE_QUOTES = /[\u02bc\u2018-\u201b]/g;
const DOUBLE_QUOTES = /[\u201c-\u201f]/g;

/** But for white space; and marks of the encoding, of old bidirectional writing, and of annotations. */
const CONTROLS = /(?!\s)\p{Cc}|[\u206a-\u206f\ufeff\ufff9-\ufffc]/gu;

/**
 * A text as CLIP's tokenizer takes it: repaired, without HTML's escapes, in lower case, with single spaces.
 *
 * The published program repairs with the Python package ftfy. This does what ftfy does to captions: curly quotes,
 * ligatures, widths, controls, line ends, Unicode's composed form, and UTF-8 that was read as Windows-1252 throughout.
 * It does not guess at mixtures of encodings, nor knows all of HTML 5's names.
 */
export function cleanText(text: string): string {
  const unescaped = unescapeHtml(unescapeHtml(text));
  return fixCharacters(fixC1Controls(repairMojibake(unescaped)))
    .normalize('NFC')
    .replace(/\s+/gu, ' ')
    .trim()
    .toLowerCase();
}

function fixCharacters(text: string): string {
  return text
    .replace(SHAPES, (character) => character.normalize('NFKC'))
    .replace(SINGLE_QUOTES, "'")
    .replace(DOUBLE_QUOTES, '"')
    .replace(CONTROLS, '');
}
