import type { TokenBatch, Tokenizer } from '../contracts/text.js';

/**
 * Texts as a text backbone takes them: start, as many tokens as there is room for, end, padding.
 *
 * @param length  of every row, start and end included; at least 2
 */
export function tokenizeTexts(texts: readonly string[], tokenizer: Tokenizer, length: number): TokenBatch {
  if (!Number.isInteger(length) || length < 2) {
    throw new RangeError(`tokenizeTexts: expected length to be an integer of at least 2, but got ${length}.`);
  }
  const { start, end } = tokenizer;
  const ids = new Int32Array(texts.length * length);
  const lengths = new Uint32Array(texts.length);
  texts.forEach((text, i) => {
    const row = [start, ...tokenizer.encode(text)].slice(0, length - 1);
    row.push(end);
    ids.set(row, i * length);
    // A text may spell the end token out itself; what is behind it goes unread.
    lengths[i] = row.indexOf(end) + 1;
  });
  return { ids, shape: [texts.length, length], lengths };
}

/**
 * The same texts in rows as short as the longest of them allows: less work for a network that never looks ahead, whose
 * pooled features stay the same.
 */
export function trimPadding({ ids, shape, lengths }: TokenBatch): TokenBatch {
  const [count, length] = shape;
  const longest = Math.max(1, ...lengths);
  const trimmed = new Int32Array(count * longest);
  for (let i = 0; i < count; i++) trimmed.set(ids.subarray(i * length, i * length + longest), i * longest);
  return { ids: trimmed, shape: [count, longest], lengths };
}
