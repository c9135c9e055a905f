import type { TensorData } from '../graph/tensorData.js';

/** Finds out which leaves of a graph are the same values in every run. */
export class StableLeaves {
  /** Of the values that each leaf had in all runs so far; undefined where they differed. */
  #ids: (number | undefined)[] | undefined;

  observe(leaves: readonly TensorData[]): void {
    const before = this.#ids;
    this.#ids = leaves.map(({ id }, i) => (before === undefined || before[i] === id ? id : undefined));
  }

  /** Positions of the leaves that never changed and are parameters of a network. */
  parameters(leaves: readonly TensorData[], parameters: ReadonlySet<TensorData>): Set<number> {
    const positions = leaves.map((_, position) => position);
    return new Set(
      positions.filter((i) => this.#ids?.[i] !== undefined && parameters.has(leaves[i] as TensorData)),
    );
  }
}
