import { signedLeb128, unsignedLeb128 } from './leb128.js';

/**
 * WebAssembly code: bytes, nested as they were put together. An instruction is a function of the code of its operands,
 * so that code reads as formulas do: `i32.add(x.get, i32.const(4))`.
 *
 * @see https://webassembly.github.io/spec/core/binary/instructions.html
 */
export type Code = number | readonly Code[];

/** The bytes of code in their order. */
export function flatten(code: Code, bytes: number[] = []): number[] {
  if (typeof code === 'number') bytes.push(code);
  else for (const part of code) flatten(part, bytes);
  return bytes;
}

export type ValueType = 'i32' | 'i64' | 'v128';

export const TYPE_BYTES: Readonly<Record<ValueType, number>> = { i32: 0x7f, i64: 0x7e, v128: 0x7b };

type Operation = (...operands: readonly Code[]) => Code;
type Load = (address: Code, offset?: number) => Code;
type Store = (address: Code, value: Code, offset?: number) => Code;

function operation(...opcode: readonly number[]): Operation {
  return (...operands) => [operands, opcode];
}

/** Alignment 0 (a byte) is always right: it is a hint. */
function load(...opcode: readonly number[]): Load {
  return (address, offset = 0) => [address, opcode, 0, unsignedLeb128(offset)];
}

function store(...opcode: readonly number[]): Store {
  return (address, value, offset = 0) => [address, value, opcode, 0, unsignedLeb128(offset)];
}

export const i32 = {
  const: (value: number): Code => [0x41, signedLeb128(BigInt(value | 0))],
  load: load(0x28),
  load16: load(0x2f),
  store: store(0x36),
  store16: store(0x3b),
  eqz: operation(0x45),
  ltU: operation(0x49),
  gtU: operation(0x4b),
  leU: operation(0x4d),
  geU: operation(0x4f),
  add: operation(0x6a),
  sub: operation(0x6b),
  mul: operation(0x6c),
  and: operation(0x71),
  or: operation(0x72),
  shl: operation(0x74),
  shrU: operation(0x76),
  wrap: operation(0xa7),
};

export const i64 = {
  const: (value: bigint): Code => [0x42, signedLeb128(BigInt.asIntN(64, value))],
  load: load(0x29),
  load8: load(0x31),
  load16: load(0x33),
  load32: load(0x35),
  store: store(0x37),
  ne: operation(0x52),
  ctz: operation(0x7a),
  popcnt: operation(0x7b),
  add: operation(0x7c),
  sub: operation(0x7d),
  and: operation(0x83),
  xor: operation(0x85),
  shl: operation(0x86),
  shrU: operation(0x88),
  /** From i32, without sign. */
  extend: operation(0xad),
};

/** Two halves of 64 bits, or 128 independent bits. */
export const v128 = {
  zero: [0xfd, 12, new Array<number>(16).fill(0)] as Code,
  load: load(0xfd, 0),
  store: store(0xfd, 11),
  splat64: operation(0xfd, 18),
  lane64: (value: Code, lane: 0 | 1): Code => [value, 0xfd, 29, lane],
  withLane64: (value: Code, lane: 0 | 1, half: Code): Code => [value, half, 0xfd, 30, lane],
  not: operation(0xfd, 77),
  and: operation(0xfd, 78),
  or: operation(0xfd, 80),
  xor: operation(0xfd, 81),
  /** Bits of the first where the third has 1, of the second elsewhere. */
  select: operation(0xfd, 82),
  anyTrue: operation(0xfd, 83),
  shl64: operation(0xfd, 0xcb, 1),
  shrU64: operation(0xfd, 0xcd, 1),
  /** One value of 32 bits in all four lanes. */
  load32Splat: load(0xfd, 9),
  /** One value of 64 bits in both lanes. */
  load64Splat: load(0xfd, 10),
  /** 32 or 64 bits, then zeros. */
  load32Zero: load(0xfd, 92),
  load64Zero: load(0xfd, 93),
};

/** Four lanes of 32 bits. */
export const i32x4 = {
  splat: operation(0xfd, 17),
  lane: (value: Code, lane: 0 | 1 | 2 | 3): Code => [value, 0xfd, 27, lane],
  /** From the first four, or the last four, of eight lanes without sign. */
  extendLow: operation(0xfd, 0xa9, 1),
  extendHigh: operation(0xfd, 0xaa, 1),
  shl: operation(0xfd, 0xab, 1),
  shrS: operation(0xfd, 0xac, 1),
  shrU: operation(0xfd, 0xad, 1),
  add: operation(0xfd, 0xae, 1),
  sub: operation(0xfd, 0xb1, 1),
  mul: operation(0xfd, 0xb5, 1),
  minS: operation(0xfd, 0xb6, 1),
  maxS: operation(0xfd, 0xb8, 1),
  /** From four floats, rounded towards 0; what does not fit becomes the nearest that does. */
  fromFloats: operation(0xfd, 0xf8, 1),
};

/** Four lanes of floats. */
export const f32x4 = {
  add: operation(0xfd, 0xe4, 1),
  mul: operation(0xfd, 0xe6, 1),
  /** From four integers with sign. */
  fromIntegers: operation(0xfd, 0xfa, 1),
};

/** Two lanes of doubles. */
export const f64x2 = {
  add: operation(0xfd, 0xf0, 1),
  mul: operation(0xfd, 0xf2, 1),
};

/** Eight lanes of 16 bits. */
export const i16x8 = {
  /** From twice four lanes; what does not fit becomes the nearest that does. */
  narrow: operation(0xfd, 0x85, 1),
  /** From the first eight of sixteen lanes without sign. */
  extendLow: operation(0xfd, 0x89, 1),
};

/** Sixteen lanes of 8 bits. */
export const i8x16 = {
  /** Without sign, from twice eight lanes with sign; what does not fit becomes the nearest that does. */
  narrow: operation(0xfd, 102),
};

/** The first value where the condition holds, the second elsewhere: without a jump. */
export const select: Operation = operation(0x1b);

/** Runs statements while the condition holds, which is looked at before each round. */
export function whileLoop(condition: Code, ...body: readonly Code[]): Code {
  return [0x02, 0x40, 0x03, 0x40, i32.eqz(condition), 0x0d, 1, body, 0x0c, 0, 0x0b, 0x0b];
}

export function ifThen(condition: Code, ...body: readonly Code[]): Code {
  return [condition, 0x04, 0x40, body, 0x0b];
}

/** Copies bytes from one address to another. */
export const copyBytes: (target: Code, source: Code, bytes: Code) => Code = operation(0xfc, 10, 0, 0);

/** Calls the function at a position of the module. */
export function call(position: number, ...operands: readonly Code[]): Code {
  return [operands, 0x10, unsignedLeb128(position)];
}
