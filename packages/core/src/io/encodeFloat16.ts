const single = new Float32Array(1);
const bits = new Uint32Array(single.buffer);

/**
 * Narrows single precision to IEEE 754 half precision, to the nearest value, halfway to the even one; beyond 65,504 to
 * infinity.
 *
 * @returns bit patterns: sign, 5 bits of exponent, 10 of fraction
 */
export function encodeFloat16(values: Float32Array): Uint16Array {
  const halves = new Uint16Array(values.length);
  for (let i = 0; i < values.length; i++) halves[i] = encodeOne(values[i]!);
  return halves;
}

function encodeOne(value: number): number {
  single[0] = value;
  const sign = (bits[0]! >>> 16) & 0x8000;
  const magnitude = bits[0]! & 0x7fffffff;
  if (magnitude > 0x7f800000) return sign | 0x7e00;
  // Half of the last place above 65,504.
  if (magnitude >= 0x477ff000) return sign | 0x7c00;
  // Below 2^-14 the values are multiples of 2^-24: adding 0.5, whose last place is 2^-24, rounds to them.
  if (magnitude < 0x38800000) {
    single[0] = Math.abs(value) + 0.5;
    return sign | (bits[0]! - 0x3f000000);
  }
  const rounded = magnitude + 0xfff + ((magnitude >>> 13) & 1);
  return sign | ((rounded - 0x38000000) >>> 13);
}
