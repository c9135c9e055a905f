import { type BinaryCodes, bytesPerCode, checkSameBits } from './binaryCodes.js';
import { popcount } from './popcount.js';

/** The number of bits in which code `i` of `a` and code `j` of `b` differ. */
export function hammingDistance(a: BinaryCodes, i: number, b: BinaryCodes, j: number): number {
  checkSameBits('hammingDistance', a, b);
  checkPosition(a, i);
  checkPosition(b, j);
  const width = bytesPerCode(a.bits);
  let distance = 0;
  for (let byte = 0; byte < width; byte++) {
    distance += popcount(a.data[i * width + byte]! ^ b.data[j * width + byte]!);
  }
  return distance;
}

function checkPosition(codes: BinaryCodes, i: number): void {
  if (!Number.isInteger(i) || i < 0 || i >= codes.count) {
    throw new RangeError(`hammingDistance: expected a position from 0 to ${codes.count - 1}, but got ${i}.`);
  }
}
