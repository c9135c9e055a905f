/**
 * Codes as faiss stores them: bit i of a code is bit (i & 7) of byte (i >> 3), and x >= 0 is bit 1. Unused bits of a
 * code's last byte are 0.
 */
export interface BinaryCodes {
  readonly count: number;
  /** Bits in a code. */
  readonly bits: number;
  /** [count, ceil(bits / 8)] */
  readonly data: Uint8Array;
}
