import { KernelMemory } from './kernelMemory.js';
import type { ResamplingKernel } from './resamplingKernel.js';
import { scaleModule, type ScaleKernels } from './scaleModule.js';

/** What {@link Scaler.scale} scales: rows of a source, and how, first along the rows and then along the columns. */
export interface Scaling {
  /** Packed pixels, [count, stride]. */
  readonly source: Int32Array;
  readonly stride: number;
  readonly count: number;
  /** The column where the part that is scaled begins. */
  readonly left: number;
  readonly columns: ResamplingKernel;
  readonly rows: ResamplingKernel;
  /** The row of the part that `source` begins with. */
  readonly first: number;
}

/** Scales images by WebAssembly kernels. */
export class Scaler {
  readonly #memory = new KernelMemory<ScaleKernels>(scaleModule);

  /** @returns the packed pixels, valid until the next call; nothing where there is no room for them */
  scale({ source, stride, count, left, columns, rows, first }: Scaling): Int32Array | undefined {
    const width = columns.starts.length;
    const height = rows.starts.length;
    const tables = [columns.starts, columns.weights, rows.starts, rows.weights, source];
    const starts: number[] = [];
    let end = 0;
    for (const { length } of tables) {
      starts.push(end);
      end += length + 1; // a pair may be read where there is but one pixel
    }
    const between = end;
    const target = between + width * count + 1;
    const room = this.#memory.room(target + width * height);
    if (room === undefined) return undefined;
    const { kernels, words } = room;
    tables.forEach((table, i) => words.set(table, starts[i]));
    const [columnStarts = 0, columnWeights = 0, rowStarts = 0, rowWeights = 0, pixels = 0] = starts;
    const run = ({ taps, starts: { length } }: ResamplingKernel, ...at: readonly number[]) => {
      const [from = 0, step = 0, lines = 0, starts = 0, weights = 0, to = 0] = at;
      const scaleRows = kernels[taps === 2 ? 'two' : taps === 4 ? 'four' : 'many'];
      scaleRows(4 * from, 4 * step, lines, 4 * starts, 4 * weights, taps, length, 4 * to);
    };
    run(columns, pixels + left, stride, count, columnStarts, columnWeights, between);
    run(rows, between - first, count, width, rowStarts, rowWeights, target);
    return words.subarray(target, target + width * height);
  }
}
