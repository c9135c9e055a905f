import { type BinaryCodes, bytesPerCode, checkCodes, checkSameBits } from './binaryCodes.js';

/** The codes of all parts, one part after the other. */
export function concatCodes(parts: readonly BinaryCodes[]): BinaryCodes {
  const [first] = parts;
  if (first === undefined) throw new RangeError('concatCodes: expected at least one part, but got none.');
  for (const part of parts) {
    checkCodes('concatCodes', part);
    checkSameBits('concatCodes', first, part);
  }
  const count = parts.reduce((sum, part) => sum + part.count, 0);
  const data = new Uint8Array(count * bytesPerCode(first.bits));
  let at = 0;
  for (const part of parts) {
    data.set(part.data, at);
    at += part.data.length;
  }
  return { count, bits: first.bits, data };
}
