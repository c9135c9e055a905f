/**
 * Codes as faiss stores them: bit i of a code is bit (i & 7) of byte (i >> 3), and x >= 0 is bit 1. Unused bits of a
 * code's last byte are 0.
 */
export interface BinaryCodes {
  readonly count: number;
  /** Bits in a code, 1 to 1024. */
  readonly bits: number;
  /** [count, ceil(bits / 8)] */
  readonly data: Uint8Array;
}

export const MAX_BITS = 1024;

export function bytesPerCode(bits: number): number {
  return Math.ceil(bits / 8);
}

/** @throws RangeError, in the name of `caller`, for sizes that no codes have */
export function checkCodeSize(caller: string, count: number, bits: number): void {
  if (!Number.isSafeInteger(count) || count < 0) {
    throw new RangeError(`${caller}: expected count to be an integer of at least 0, but got ${count}.`);
  }
  if (!Number.isInteger(bits) || bits < 1 || bits > MAX_BITS) {
    throw new RangeError(`${caller}: expected bits to be an integer from 1 to ${MAX_BITS}, but got ${bits}.`);
  }
}

/** @throws RangeError, in the name of `caller`, where the bytes do not fit the sizes */
export function checkCodes(caller: string, codes: BinaryCodes): void {
  checkCodeSize(caller, codes.count, codes.bits);
  const expected = codes.count * bytesPerCode(codes.bits);
  if (codes.data.length !== expected) {
    throw new RangeError(
      `${caller}: expected ${expected} bytes for ${codes.count} codes of ${codes.bits} bits, but got ${codes.data.length}.`,
    );
  }
}

/** @throws RangeError, in the name of `caller`, where two sets of codes cannot be compared */
export function checkSameBits(caller: string, a: BinaryCodes, b: BinaryCodes): void {
  if (a.bits !== b.bits) {
    throw new RangeError(
      `${caller}: expected codes of the same length, but got ${a.bits} and ${b.bits} bits.`,
    );
  }
}
