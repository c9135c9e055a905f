import { type BinaryCodes, bytesPerCode } from './binaryCodes.js';

/** Words in a code when it is read 32 bits at a time. */
export function wordsPerCode(bits: number): number {
  return Math.ceil(bits / 32);
}

/** The codes in 32-bit words, low byte first, padded with zeros, [count, ceil(bits / 32)]. */
export function codeWords({ count, bits, data }: BinaryCodes): Uint32Array {
  const bytes = bytesPerCode(bits);
  const width = wordsPerCode(bits);
  const words = new Uint32Array(count * width);
  for (let i = 0; i < count; i++) {
    for (let byte = 0; byte < bytes; byte++) {
      words[i * width + (byte >> 2)]! |= data[i * bytes + byte]! << (8 * (byte & 3));
    }
  }
  return words;
}
