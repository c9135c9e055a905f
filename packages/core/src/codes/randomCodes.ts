import type { Rng } from '../random/rng.js';
import { type BinaryCodes, bytesPerCode, checkCodeSize } from './binaryCodes.js';

/** Codes of independent fair bits: what a method must beat. */
export function randomCodes(count: number, bits: number, rng: Rng): BinaryCodes {
  checkCodeSize('randomCodes', count, bits);
  const width = bytesPerCode(bits);
  const lastMask = 0xff >> (8 * width - bits);
  const data = new Uint8Array(count * width);
  for (let i = 0; i < data.length; i++) {
    data[i] = (rng.uint32() >>> 24) & (i % width === width - 1 ? lastMask : 0xff);
  }
  return { count, bits, data };
}
