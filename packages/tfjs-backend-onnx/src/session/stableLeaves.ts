import type { TensorData } from '../graph/tensorData.js';

/** Finds out which leaves of a graph are the same values in every run. */
export class StableLeaves {
  /** Of the values that each leaf had in all runs so far; undefined where they differed. */
  #ids: (number | undefined)[] | undefined;

  observe(leaves: readonly TensorData[]): void {
    const before = this.#ids;
    this.#ids = leaves.map(({ id }, i) => (before === undefined || before[i] === id ? id : undefined));
  }

  /**
   * Positions of the leaves that are parameters of a network, where none of them ever changed; empty where one did: then
   * the graph trains, even if it leaves a part of the network as it is.
   */
  weights(leaves: readonly TensorData[], parameters: ReadonlySet<TensorData>): ReadonlySet<number> {
    const positions = leaves.flatMap((leaf, position) => (parameters.has(leaf) ? [position] : []));
    const changes = positions.some((position) => this.#ids?.[position] === undefined);
    return new Set(changes ? [] : positions);
  }
}
