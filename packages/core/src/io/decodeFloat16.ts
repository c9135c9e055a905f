/**
 * Widens IEEE 754 half precision to single precision, exactly.
 *
 * @param halves  bit patterns: sign, 5 bits of exponent, 10 of fraction
 */
export function decodeFloat16(halves: Uint16Array): Float32Array {
  const values = new Float32Array(halves.length);
  const bits = new Uint32Array(values.buffer);
  for (let i = 0; i < halves.length; i++) {
    const half = halves[i]!;
    const sign = (half & 0x8000) << 16;
    const exponent = (half >> 10) & 0x1f;
    const fraction = half & 0x3ff;
    if (exponent === 0) {
      // Zero and the subnormal numbers are multiples of 2^-24.
      values[i] = fraction * 2 ** -24;
      bits[i]! |= sign;
    } else {
      const widened = exponent === 0x1f ? 0xff : exponent + (127 - 15);
      bits[i] = sign | (widened << 23) | (fraction << 13);
    }
  }
  return values;
}
