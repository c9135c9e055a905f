/**
 * Widens bfloat16 to single precision, exactly: it is the upper half of it.
 *
 * @param halves  bit patterns: sign, 8 bits of exponent, 7 of fraction
 */
export function decodeBfloat16(halves: Uint16Array): Float32Array {
  return new Float32Array(Uint32Array.from(halves, (bits) => bits << 16).buffer);
}
