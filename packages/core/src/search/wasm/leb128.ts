/** An unsigned integer below 2^32, seven bits a byte, low bits first, the eighth bit set on all bytes but the last. */
export function unsignedLeb128(value: number): number[] {
  const bytes: number[] = [];
  for (; value > 0x7f; value = Math.floor(value / 128)) bytes.push((value % 128) | 0x80);
  return [...bytes, value];
}

/** A signed integer of up to 64 bits; the last byte's second highest bit is the sign. */
export function signedLeb128(value: bigint): number[] {
  const bytes: number[] = [];
  for (; value < -64n || value > 63n; value >>= 7n) bytes.push(Number(value & 0x7fn) | 0x80);
  return [...bytes, Number(value & 0x7fn)];
}
