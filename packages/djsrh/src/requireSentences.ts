import type { Samples } from '@hash/core';

/** @throws Error  where the samples have no texts, or vectors instead */
export function requireSentences({ modalities, vectorWidths }: Samples): void {
  const width = vectorWidths?.text;
  if (modalities.includes('text') && width === undefined) return;
  throw new Error(
    width === undefined
      ? 'DJSRH: expected texts as sentences, but the data have none.'
      : `DJSRH: expected texts as sentences, but the data have vectors of ${width} numbers. ` +
          `Set text to 'vectors' and textWidth to ${width}.`,
  );
}
