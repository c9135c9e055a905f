import { kernelsWork } from '../search/kernelsWork.js';
import { webAssembly } from '../search/wasm/webAssembly.js';
import { LINES, productModule, TILE, type ProductKernels } from './productModule.js';

/** Rows or columns of a matrix, wherever their numbers lie. */
export interface Lines {
  readonly data: ArrayLike<number>;
  readonly count: number;
  /** From one line to the next. */
  readonly stride: number;
  /** From one number of a line to the next. */
  readonly step: number;
}

/** Numbers of a line that are worked on at once: with `LINES` lines, what fits a processor's cache. */
const DEPTH = 256;

/** Where rows, columns and the block of their products lie, in bytes. */
const ROWS = 0;
const COLUMNS = ROWS + 8 * DEPTH * LINES;
const SUMS = COLUMNS + 8 * DEPTH * LINES;
const END = SUMS + 8 * LINES * LINES;
const PAGE = 65536;

/** A kernel and the numbers that it works on. */
export interface Multiplier extends ProductKernels {
  readonly room: Float64Array;
}

let shared: Multiplier | undefined;

/**
 * The products of each row with each column, in float64, which the engines do not have.
 *
 * @param length  numbers of a line
 * @returns [rows, columns]
 */
export function product(
  rows: Lines,
  columns: Lines,
  length: number,
  multiplier: Multiplier = (shared ??= compiledMultiplier() ?? plainMultiplier()),
): Float64Array {
  const products = new Float64Array(rows.count * columns.count);
  const sums = multiplier.room.subarray(SUMS / 8, END / 8);
  for (let top = 0; top < rows.count; top += LINES) {
    for (let left = 0; left < columns.count; left += LINES) {
      sums.fill(0);
      for (let from = 0; from < length; from += DEPTH) {
        const depth = Math.min(DEPTH, length - from);
        const high = pack(rows, top, from, depth, multiplier.room.subarray(ROWS / 8));
        const wide = pack(columns, left, from, depth, multiplier.room.subarray(COLUMNS / 8));
        const bytes = 8 * depth;
        multiplier.multiply(ROWS, ROWS + high * bytes, COLUMNS, COLUMNS + wide * bytes, TILE * bytes, SUMS);
      }
      const wide = Math.min(LINES, columns.count - left);
      for (let i = 0; i < Math.min(LINES, rows.count - top); i++) {
        products.set(sums.subarray(i * LINES, i * LINES + wide), (top + i) * columns.count + left);
      }
    }
  }
  return products;
}

/**
 * Lays lines out as kernels read them: in groups of `TILE`, each [depth, TILE], with zeros for lines beyond the last.
 *
 * @returns lines in these groups
 */
function pack(lines: Lines, first: number, from: number, depth: number, room: Float64Array): number {
  const { stride, step } = lines;
  const count = Math.min(LINES, lines.count - first);
  const grouped = Math.ceil(count / TILE) * TILE;
  for (let line = 0; line < grouped; line += TILE) {
    const start = (first + line) * stride + from * step;
    const group = room.subarray(line * depth, (line + TILE) * depth);
    if (line + TILE <= count) packFour(lines, start, group);
    else packFew(lines, start, group, count - line);
  }
  return grouped;
}

function packFour({ data, stride, step }: Lines, start: number, group: Float64Array): void {
  let [a, b, c, d] = [start, start + stride, start + 2 * stride, start + 3 * stride];
  for (let to = 0; to < group.length; to += TILE) {
    group[to] = data[a]!;
    group[to + 1] = data[b]!;
    group[to + 2] = data[c]!;
    group[to + 3] = data[d]!;
    a += step;
    b += step;
    c += step;
    d += step;
  }
}

function packFew({ data, stride, step }: Lines, start: number, group: Float64Array, count: number): void {
  group.fill(0);
  for (let to = 0, at = start; to < group.length; to += TILE, at += step) {
    for (let line = 0; line < count; line++) group[to + line] = data[at + line * stride]!;
  }
}

/** Nothing where Node does not compile such kernels, as with `node --jitless`. */
export function compiledMultiplier(): Multiplier | undefined {
  if (!kernelsWork()) return undefined;
  const pages = Math.ceil(END / PAGE);
  const memory = new webAssembly!.Memory({ initial: pages, maximum: pages, shared: true });
  const module = new webAssembly!.Module(productModule());
  const { exports } = new webAssembly!.Instance(module, { env: { memory } });
  return { room: new Float64Array(memory.buffer), multiply: (exports as ProductKernels).multiply };
}

/** Right to the same bits, and several times slower. */
export function plainMultiplier(): Multiplier {
  const room = new Float64Array(END / 8);
  const addDot = (row: number, end: number, column: number, sum: number) => {
    let own = room[sum]!;
    for (let at = row, to = column; at < end; at += TILE, to += TILE) own += room[at]! * room[to]!;
    room[sum] = own;
  };
  const multiply: ProductKernels['multiply'] = (...addresses) => {
    const [rows, rowsEnd, columns, columnsEnd, group, sums] = addresses.map((address) => address / 8) as [
      ...Parameters<ProductKernels['multiply']>,
    ];
    for (let row = rows, top = sums; row < rowsEnd; row += group, top += TILE * LINES) {
      for (let column = columns, left = top; column < columnsEnd; column += group, left += TILE) {
        for (let i = 0; i < TILE; i++) {
          for (let j = 0; j < TILE; j++) addDot(row + i, row + group, column + j, left + i * LINES + j);
        }
      }
    }
  };
  return { room, multiply };
}
