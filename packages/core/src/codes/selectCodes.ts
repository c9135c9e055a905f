import { type BinaryCodes, bytesPerCode, checkCodes } from './binaryCodes.js';

/** The codes at the given positions, in their order; a position may come again. */
export function selectCodes(codes: BinaryCodes, order: ArrayLike<number>): BinaryCodes {
  checkCodes('selectCodes', codes);
  const width = bytesPerCode(codes.bits);
  const data = new Uint8Array(order.length * width);
  for (let i = 0; i < order.length; i++) {
    const from = order[i]!;
    if (!Number.isInteger(from) || from < 0 || from >= codes.count) {
      throw new RangeError(
        `selectCodes: expected positions from 0 to ${codes.count - 1}, but got ${from} at ${i}.`,
      );
    }
    for (let byte = 0; byte < width; byte++) data[i * width + byte] = codes.data[from * width + byte]!;
  }
  return { count: order.length, bits: codes.bits, data };
}
