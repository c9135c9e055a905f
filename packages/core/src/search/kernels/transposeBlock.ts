import { type Code, i32, i64, ifThen, v128, whileLoop } from '../wasm/instructions.js';
import type { FunctionBody, Local } from '../wasm/wasmModule.js';
import { BLOCK, type ScanLayout } from './scanLayout.js';
import { loadWord } from './storedCode.js';

const ROWS = 64;
const ROW_BYTES = 16;

/**
 * Turns the block at `address` on its side: bit b of all its codes becomes plane b of `columns`. Codes i and i + 64 lie
 * in the halves of one register, so that the two 64 x 64 bit matrices of a word turn at the same time.
 */
export function transposeBlock(body: FunctionBody, layout: ScanLayout, address: Local): Code {
  const row = body.local('i32');
  const from = body.local('i32');
  const moved = body.local('v128');
  return Array.from({ length: layout.words }, (_, word) => {
    const rows = layout.columns + word * ROWS * ROW_BYTES;
    return [
      from.set(address.get),
      forRows(row, rows, [
        v128.store(row.get, loadPair(layout.stride, from, word)),
        from.set(i32.add(from.get, i32.const(layout.stride))),
      ]),
      [32, 16, 8, 4, 2, 1].map((distance) => swapBits(row, rows, moved, distance)),
    ];
  });
}

function loadPair(stride: number, from: Local, word: number): Code {
  const later = i32.add(from.get, i32.const((BLOCK / 2) * stride));
  return v128.withLane64(v128.splat64(loadWord(stride, from.get, word)), 1, loadWord(stride, later, word));
}

/**
 * Of each pair of rows `distance` apart, swaps the bits of the first whose number has `distance` in it with the bits of
 * the second whose number has not (Warren, Hacker's Delight, 7-3).
 */
function swapBits(row: Local, rows: number, moved: Local, distance: number): Code {
  const far = distance * ROW_BYTES;
  // Bits whose number does not have `distance` in it: all ones divided by 2^distance + 1.
  const mask = i64.const((2n ** 64n - 1n) / (2n ** BigInt(distance) + 1n));
  const shift = i32.const(distance);
  const first = v128.load(row.get);
  const second = v128.load(row.get, far);
  return forRows(row, rows, [
    ifThen(
      i32.eqz(i32.and(i32.sub(row.get, i32.const(rows)), i32.const(far))),
      moved.set(v128.and(v128.xor(v128.shrU64(first, shift), second), v128.splat64(mask))),
      v128.store(row.get, v128.xor(first, v128.shl64(moved.get, shift))),
      v128.store(row.get, v128.xor(second, moved.get), far),
    ),
  ]);
}

function forRows(row: Local, rows: number, statements: readonly Code[]): Code {
  return [
    row.set(i32.const(rows)),
    whileLoop(
      i32.ltU(row.get, i32.const(rows + ROWS * ROW_BYTES)),
      statements,
      row.set(i32.add(row.get, i32.const(ROW_BYTES))),
    ),
  ];
}
