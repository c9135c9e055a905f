/** Codes that a kernel compares at once: one in each bit of a 128-bit register. */
export const BLOCK = 128;

/** Queries that a kernel holds at once. */
export const MAX_QUERIES = 1024;

/** Bytes of memory that a kernel needs for itself. */
export const SCRATCH_BYTES = 32 * 2 ** 20;

/** Bits of a code that one table look-up adds up: with 6, the tables of 64-bit codes fit the first-level cache. */
const GROUP_BITS = 6;

/** A run of bits of a code, and the table that has the block's distances in these bits for each pattern of a query. */
export interface BitGroup {
  readonly firstBit: number;
  readonly bits: number;
  /** Binary digits of a distance in this run. */
  readonly digits: number;
  /** Address, [2^bits, digits] planes of 16 bytes. */
  readonly table: number;
}

/** Where everything lies in the scratch memory of a kernel: addresses and sizes in bytes. */
export interface ScanLayout {
  readonly bits: number;
  /** From one stored code to the next. */
  readonly stride: number;
  /** 64-bit words in a code. */
  readonly words: number;
  /** Binary digits of a distance: 2^digits > bits. */
  readonly digits: number;
  /** Which queries are ready to be drained: 1 when one has run out of room. */
  readonly full: number;
  /** How many matches a query wants. */
  readonly k: number;
  /** The block turned on its side: a plane of 16 bytes for each bit of a code, [64 * words]. */
  readonly columns: number;
  readonly groups: readonly BitGroup[];
  /** For each limit from 0 to bits + 1 the number that makes distances of at least limit overflow, [digits] planes. */
  readonly biases: number;
  /** For each query 16-bit numbers: its row of biases, in planes; the place of its pattern in each table, in bytes. */
  readonly keys: number;
  readonly keyStride: number;
  /** For each query {@link STATE}. */
  readonly states: number;
  readonly stateStride: number;
  /** Room for matches, shared by the queries. */
  readonly entries: number;
  readonly end: number;
}

/**
 * Fields of a query's state. Matches have distances below `limit`; `inside` of them were found. They lie from `entries`
 * on as pairs of position and distance, up to `tail`; beyond `margin` the next block might not fit. After the query's
 * words comes the number of matches at each distance.
 */
export const STATE = { limit: 0, inside: 4, tail: 8, margin: 12, words: 16 } as const;

/** Bytes from one stored code to the next: 1, 2, 4 or a multiple of 8, so that kernels load whole words. */
export function codeStride(bits: number): number {
  if (bits <= 32) return bits <= 8 ? 1 : bits <= 16 ? 2 : 4;
  return Math.ceil(bits / 64) * 8;
}

/** @param start  address of the scratch memory, a multiple of 16 */
export function scanLayout(bits: number, start: number): ScanLayout {
  let at = start;
  const take = (bytes: number) => {
    const address = at;
    at += Math.ceil(bytes / 16) * 16;
    return address;
  };
  const words = Math.ceil(bits / 64);
  const digits = binaryDigits(bits);
  const full = take(4);
  const k = take(4);
  const columns = take(words * 64 * 16);
  const groups = bitGroups(bits).map((group) => ({
    ...group,
    table: take((16 * group.digits) << group.bits),
  }));
  const biases = take((bits + 2) * digits * 16);
  const keyStride = 2 * (1 + groups.length);
  const keys = take(MAX_QUERIES * keyStride);
  const stateStride = STATE.words + 8 * words + 4 * (bits + 2);
  const states = take(MAX_QUERIES * stateStride);
  const entries = take(0);
  const sizes = { bits, stride: codeStride(bits), words, digits, keyStride, stateStride };
  return { ...sizes, full, k, columns, groups, biases, keys, states, entries, end: start + SCRATCH_BYTES };
}

function bitGroups(bits: number): Omit<BitGroup, 'table'>[] {
  return Array.from({ length: Math.ceil(bits / GROUP_BITS) }, (_, i) => {
    const firstBit = i * GROUP_BITS;
    const size = Math.min(GROUP_BITS, bits - firstBit);
    return { firstBit, bits: size, digits: binaryDigits(size) };
  });
}

/** How many binary digits `value` >= 1 has. */
function binaryDigits(value: number): number {
  return 32 - Math.clz32(value);
}
