import type { Rng } from '../random/rng.js';

/** Values at which arithmetic on sizes goes wrong. */
const EXTREMES = [
  0n,
  1n,
  0x7fn,
  0xffn,
  0x7fffn,
  0xffffn,
  0x7fffffffn,
  0xffffffffn,
  2n ** 53n,
  2n ** 63n,
  2n ** 64n - 1n,
];

/** A copy of a file with one to four injuries: bits, bytes and sizes changed, parts removed, repeated or cut off. */
export function mutate(file: Buffer, rng: Rng): Buffer {
  let bytes = Buffer.from(file);
  for (let left = 1 + rng.int(4); left > 0 && bytes.length > 8; left--) bytes = injure(bytes, rng);
  return bytes;
}

function injure(bytes: Buffer<ArrayBuffer>, rng: Rng): Buffer<ArrayBuffer> {
  const at = rng.int(bytes.length - 8);
  const length = 1 + rng.int(Math.min(64, bytes.length - at));
  switch (rng.int(8)) {
    case 0:
      return Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + length)]);
    case 1:
      return Buffer.concat([bytes.subarray(0, at + length), bytes.subarray(at)]);
    case 2:
      return rng.chance(0.2) ? bytes.subarray(0, at) : bytes;
    case 3:
      bytes.copyWithin(rng.int(bytes.length), at, at + length);
      return bytes;
    case 4:
      bytes.writeUInt8(rng.int(256), at);
      return bytes;
    case 5: {
      const width = [1, 2, 4, 8][rng.int(4)]!;
      const extreme = Buffer.alloc(8);
      extreme.writeBigUInt64LE(EXTREMES[rng.int(EXTREMES.length)]! & (2n ** 64n - 1n));
      extreme.copy(bytes, at, 0, width);
      return bytes;
    }
    default:
      bytes[at]! ^= 1 << rng.int(8);
      return bytes;
  }
}
