import type { BinaryCodes } from '../codes/binaryCodes.js';
import { randomCodes } from '../codes/randomCodes.js';
import { selectCodes } from '../codes/selectCodes.js';
import type { Rng } from '../random/rng.js';

/** Copies of a few codes, each with some bits flipped. */
export function clusteredCodes(count: number, bits: number, flips: number, rng: Rng): BinaryCodes {
  const centres = randomCodes(Math.ceil(count / 20), bits, rng);
  const codes = selectCodes(
    centres,
    Array.from({ length: count }, () => rng.int(centres.count)),
  );
  const width = codes.data.length / count;
  for (let i = 0; i < count * flips; i++) {
    const bit = rng.int(bits);
    codes.data[Math.floor(i / flips) * width + (bit >> 3)]! ^= 1 << (bit & 7);
  }
  return codes;
}
