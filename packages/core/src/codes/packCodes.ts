import { type BinaryCodes, bytesPerCode, checkCodeSize } from './binaryCodes.js';

/**
 * Turns the outputs of a hash layer, or signs, into codes: x >= 0 is bit 1.
 *
 * @param values  [count, bits], row by row
 * @throws RangeError for a wrong number of values; Error for NaN, which has no sign
 */
export function packCodes(values: ArrayLike<number>, count: number, bits: number): BinaryCodes {
  checkCodeSize('packCodes', count, bits);
  if (values.length !== count * bits) {
    throw new RangeError(
      `packCodes: expected ${count * bits} values for ${count} codes of ${bits} bits, but got ${values.length}.`,
    );
  }
  const width = bytesPerCode(bits);
  const data = new Uint8Array(count * width);
  for (let i = 0, at = 0; i < count; i++) {
    for (let bit = 0; bit < bits; bit++, at++) {
      const value = values[at]!;
      if (value >= 0) data[i * width + (bit >> 3)]! |= 1 << (bit & 7);
      else if (Number.isNaN(value)) throw new Error(`packCodes: bit ${bit} of code ${i} is NaN.`);
    }
  }
  return { count, bits, data };
}
