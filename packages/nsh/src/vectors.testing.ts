import { readFileSync } from 'node:fs';

type Matrix = number[][];
type Cube = number[][][];

interface SoftSortCase {
  readonly name: string;
  readonly s: number[];
  readonly temperature: number;
  /** Items in their sorted order. */
  readonly order: number[];
  /** Rows in sorted order. */
  readonly P: Matrix;
}

interface NshCase {
  readonly name: string;
  readonly positives: number;
  readonly temperature: number;
  readonly sort_temperature: number;
  readonly input: Readonly<Record<'b1' | 'b2' | 'z1' | 'z2', Matrix>>;
  /** Lists in sorted order. */
  readonly output: {
    readonly S: Matrix;
    readonly order: Matrix;
    readonly P: Cube;
    readonly cos: Matrix;
    readonly losses: Matrix;
    readonly loss: number;
  };
  readonly grad: Readonly<Record<'dcos' | 'dS' | 'db1' | 'db2' | 'dz1' | 'dz2', Matrix>> & {
    readonly dP: Cube;
  };
  readonly double_softmax: number;
  readonly double_softmax_floor: number;
  readonly quantisation?: {
    readonly h1: Matrix;
    readonly h2: Matrix;
    readonly loss: number;
    readonly dh: Matrix;
  };
}

interface Vectors {
  readonly softsort: readonly SoftSortCase[];
  readonly cases: readonly NshCase[];
}

/** Float64 values that NumPy computed from the equations, position by position: `tools/oracles/nsh.py`. */
export const vectors = JSON.parse(
  readFileSync(new URL('../fixtures/nsh.json', import.meta.url), 'utf8'),
) as Vectors;

/** Puts what the oracle has in sorted order into the order of the items: row i of `order` says which item is where. */
export function byItem<T>(sorted: readonly (readonly T[])[], order: readonly (readonly number[])[]): T[][] {
  return sorted.map((row, i) => {
    const items: T[] = [];
    row.forEach((value, position) => (items[order[i]![position]!] = value));
    return items;
  });
}
