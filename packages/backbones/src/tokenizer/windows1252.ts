/** What Windows-1252 has at 0x80 to 0x9f; bytes that it leaves free stand for themselves. Elsewhere it is Latin-1. */
const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

/** Controls of Latin-1 as the characters of Windows-1252 that they were meant to be. */
export function fixC1Controls(text: string): string {
  return text.replace(/[\u0080-\u009f]/g, (control) => HIGH[control.charCodeAt(0) - 0x80]!);
}

/**
 * Undoes the reading of UTF-8 as Windows-1252, `schÃ¶n` for `schön`: where all characters are of Windows-1252 and their
 * bytes are valid UTF-8, this is what happened but for the rarest of chances.
 */
export function repairMojibake(text: string): string {
  const bytes = Array.from(text, byteOf);
  if (!bytes.some((byte) => byte >= 0x80) || bytes.includes(Infinity)) return text;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Uint8Array.from(bytes));
  } catch {
    return text;
  }
}

/** Infinity where there is none. */
function byteOf(character: string): number {
  const high = HIGH.indexOf(character);
  if (high >= 0) return 0x80 + high;
  const code = character.codePointAt(0)!;
  return code < 0x100 ? code : Infinity;
}
