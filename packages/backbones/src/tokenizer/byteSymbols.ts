/**
 * A printable character for each byte, so that words of any bytes are texts without spaces: bytes that print as Latin-1
 * stand for themselves, the others are numbered from U+0100 on.
 */
export const BYTE_SYMBOLS: readonly string[] = makeSymbols();

/** The symbols as vocabularies list them: those that stand for themselves first. */
export const SYMBOLS_IN_ORDER: readonly string[] = [...BYTE_SYMBOLS].sort((a, b) => codeOf(a) - codeOf(b));

function makeSymbols(): string[] {
  let others = 0;
  return Array.from({ length: 256 }, (_, byte) =>
    String.fromCharCode(printsAsLatin1(byte) ? byte : 0x100 + others++),
  );
}

/** Without the spaces U+0020 and U+00A0 and the soft hyphen U+00AD. */
function printsAsLatin1(byte: number): boolean {
  return (byte > 0x20 && byte < 0x7f) || (byte > 0xa0 && byte !== 0xad);
}

function codeOf(symbol: string): number {
  return symbol.charCodeAt(0);
}
