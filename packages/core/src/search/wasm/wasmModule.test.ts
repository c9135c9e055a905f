import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type Code, i32, i64, ifThen, v128, whileLoop } from './instructions.js';
import { signedLeb128, unsignedLeb128 } from './leb128.js';
import { webAssembly } from './webAssembly.js';
import { type FunctionBody, type Local, WasmModule } from './wasmModule.js';

/** Runs a function of the module on some memory. */
function run(
  parameters: number,
  write: (body: FunctionBody, ...parameters: Local[]) => Code,
): { call: (...values: number[]) => number; memory: DataView } {
  const module = new WasmModule();
  module.define('run', parameters, 'i32', write);
  const memory = new webAssembly!.Memory({ initial: 1, maximum: 1, shared: true });
  const compiled = new webAssembly!.Module(module.bytes());
  const { exports } = new webAssembly!.Instance(compiled, { env: { memory } });
  return {
    call: (exports as { run: (...values: number[]) => number }).run,
    memory: new DataView(memory.buffer),
  };
}

describe('LEB128', () => {
  it('has the bytes of the examples in the DWARF standard', () => {
    expect([2, 127, 128, 129, 12857].map(unsignedLeb128)).toEqual([
      [2],
      [0x7f],
      [0x80, 1],
      [0x81, 1],
      [0xb9, 0x64],
    ]);
    expect([2n, -2n, 127n, -127n, 128n, -129n].map(signedLeb128)).toEqual([
      [2],
      [0x7e],
      [0xff, 0],
      [0x81, 0x7f],
      [0x80, 1],
      [0xff, 0x7e],
    ]);
  });

  it('is read back as written by the engine', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), (value) => {
        const { call, memory } = run(0, () => [
          [i32.const(16), i64.const(value), [0x37, 0, unsignedLeb128(70_000 - 65_536)]],
          i32.const(Number(BigInt.asIntN(32, value))),
        ]);
        expect(call()).toBe(Number(BigInt.asIntN(32, value)));
        expect(memory.getBigInt64(16 + 4464, true)).toBe(value);
      }),
      { numRuns: 30 },
    );
  });
});

describe('WasmModule', () => {
  it('runs loops, conditions and variables of all types', () => {
    // The number of ones in the first `count` words of memory, if even; otherwise -1.
    const { call, memory } = run(1, (body, count) => {
      const at = body.local('i32');
      const ones = body.local('i64');
      return [
        whileLoop(
          i32.ltU(at.get, i32.mul(count.get, i32.const(8))),
          ones.set(i64.add(ones.get, i64.popcnt(i64.load(at.get)))),
          at.set(i32.add(at.get, i32.const(8))),
        ),
        at.set(i32.wrap(ones.get)),
        ifThen(i32.and(at.get, i32.const(1)), at.set(i32.const(-1))),
        at.get,
      ];
    });
    [0xffn, 1n << 63n, 7n].forEach((word, i) => memory.setBigUint64(8 * i, word, true));
    expect([0, 1, 2, 3].map((count) => call(count))).toEqual([0, 8, -1, 12]);
  });

  it('calls functions that were defined before', () => {
    const module = new WasmModule();
    const twice = module.define('twice', 1, 'i32', (_, x) => i32.add(x.get, x.get));
    module.define('run', 2, 'i32', (_, x, y) => i32.sub(twice(twice(x.get)), y.get));
    const memory = new webAssembly!.Memory({ initial: 0, maximum: 1, shared: true });
    const instance = new webAssembly!.Instance(new webAssembly!.Module(module.bytes()), { env: { memory } });
    expect((instance.exports as { run: (x: number, y: number) => number }).run(5, 1)).toBe(19);
  });

  it('has 128-bit instructions that do what their names say', () => {
    const a = [0x0123456789abcdefn, 0xfedcba9876543210n];
    const b = [0x00ff00ff00ff00ffn, 0x5555555555555555n];
    const c = [0xffffffff00000000n, 0x0f0f0f0f0f0f0f0fn];
    const mask = 2n ** 64n - 1n;
    const cases: [Code, (a: bigint, b: bigint, c: bigint) => bigint][] = [
      [v128.not(v128.load(i32.const(0))), (x) => x ^ mask],
      [v128.and(v128.load(i32.const(0)), v128.load(i32.const(16))), (x, y) => x & y],
      [v128.or(v128.load(i32.const(0)), v128.load(i32.const(16))), (x, y) => x | y],
      [v128.xor(v128.load(i32.const(0)), v128.load(i32.const(0), 16)), (x, y) => x ^ y],
      [
        v128.select(v128.load(i32.const(0)), v128.load(i32.const(16)), v128.load(i32.const(32))),
        (x, y, z) => (x & z) | (y & (z ^ mask)),
      ],
      [v128.shl64(v128.load(i32.const(0)), i32.const(4)), (x) => (x << 4n) & mask],
      [v128.shrU64(v128.load(i32.const(0)), i32.const(4)), (x) => x >> 4n],
    ];
    for (const [code, expected] of cases) {
      const { call, memory } = run(0, () => [
        v128.store(i32.const(48), code),
        v128.anyTrue(v128.load(i32.const(64))),
      ]);
      for (const half of [0, 1]) {
        [a, b, c].forEach((value, i) => memory.setBigUint64(16 * i + 8 * half, value[half]!, true));
      }
      expect(call()).toBe(0);
      for (const half of [0, 1]) {
        expect(memory.getBigUint64(48 + 8 * half, true)).toBe(expected(a[half]!, b[half]!, c[half]!));
      }
    }
  });
});
