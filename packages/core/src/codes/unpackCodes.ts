import { type BinaryCodes, bytesPerCode, checkCodes } from './binaryCodes.js';

/** The bits as signs: +1 for bit 1, -1 for bit 0, [count, bits]. */
export function unpackCodes(codes: BinaryCodes): Int8Array {
  checkCodes('unpackCodes', codes);
  const { count, bits, data } = codes;
  const width = bytesPerCode(bits);
  const signs = new Int8Array(count * bits);
  for (let i = 0, at = 0; i < count; i++) {
    for (let bit = 0; bit < bits; bit++, at++) {
      signs[at] = (data[i * width + (bit >> 3)]! >> (bit & 7)) & 1 ? 1 : -1;
    }
  }
  return signs;
}
