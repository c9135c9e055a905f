import { type Code, f64x2, i32, v128, whileLoop } from '../search/wasm/instructions.js';
import { type Local, WasmModule } from '../search/wasm/wasmModule.js';

/** Rows and columns of a product that are worked out at once: what fits a processor's registers. */
export const TILE = 4;

/** Rows and columns of a block of sums. */
export const LINES = 128;

/** Bytes of `TILE` doubles, and of a row of sums. */
const STEP = 8 * TILE;
const ROW = 8 * LINES;

export interface ProductKernels {
  /**
   * Adds the products of rows with columns to a block of sums.
   *
   * @param rows        their address, [groups, depth, TILE] doubles
   * @param rowsEnd     where they end
   * @param columns     their address, [groups, depth, TILE] doubles
   * @param columnsEnd  where they end
   * @param bytes       of a group
   * @param sums        their address, [LINES, LINES] doubles
   */
  readonly multiply: (
    rows: number,
    rowsEnd: number,
    columns: number,
    columnsEnd: number,
    bytes: number,
    sums: number,
  ) => void;
}

/** Sums run over one number after the other, so they are the plain ones to the bit. */
export function productModule(): Uint8Array<ArrayBuffer> {
  const module = new WasmModule();
  const multiplyTile = module.define('multiplyTile', 4, 'nothing', (body, rows, end, columns, sums) => {
    const tile = Array.from({ length: TILE }, () => [body.local('v128'), body.local('v128')] as const);
    const [left, right, factor] = [body.local('v128'), body.local('v128'), body.local('v128')];
    const overTile = (write: (half: Local, offset: number) => Code) =>
      tile.map((halves, row) => halves.map((half, side) => write(half, row * ROW + 16 * side)));
    return [
      overTile((half, offset) => half.set(v128.load(sums.get, offset))),
      whileLoop(
        i32.ltU(rows.get, end.get),
        left.set(v128.load(columns.get)),
        right.set(v128.load(columns.get, 16)),
        tile.map(([first, second], row) => [
          factor.set(v128.load64Splat(rows.get, 8 * row)),
          first.set(f64x2.add(first.get, f64x2.mul(factor.get, left.get))),
          second.set(f64x2.add(second.get, f64x2.mul(factor.get, right.get))),
        ]),
        advance(rows, i32.const(STEP)),
        advance(columns, i32.const(STEP)),
      ),
      overTile((half, offset) => v128.store(sums.get, half.get, offset)),
    ];
  });
  module.define('multiply', 6, 'nothing', (body, rows, rowsEnd, columns, columnsEnd, bytes, sums) => {
    const [group, at] = [body.local('i32'), body.local('i32')];
    return whileLoop(
      i32.ltU(rows.get, rowsEnd.get),
      group.set(columns.get),
      at.set(sums.get),
      whileLoop(
        i32.ltU(group.get, columnsEnd.get),
        multiplyTile(rows.get, i32.add(rows.get, bytes.get), group.get, at.get),
        advance(group, bytes.get),
        advance(at, i32.const(STEP)),
      ),
      advance(rows, bytes.get),
      advance(sums, i32.const(TILE * ROW)),
    );
  });
  return module.bytes();
}

function advance(address: Local, distance: Code): Code {
  return address.set(i32.add(address.get, distance));
}
