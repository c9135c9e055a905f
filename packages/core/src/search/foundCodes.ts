import type { Pairs } from './matches.js';

/** Codes in the order in which they were found, in arrays that grow and are used again for the next query. */
export class FoundCodes {
  count = 0;
  positions = new Uint32Array(1024);
  distances = new Uint16Array(1024);

  /** Adds positions `from` to `to` of a list, as yet without distances. */
  add(list: Uint32Array, from: number, to: number): void {
    if (this.count + to - from > this.positions.length) this.#grow(this.count + to - from);
    const { positions } = this;
    let { count } = this;
    for (let i = from; i < to; i++) positions[count++] = list[i]!;
    this.count = count;
  }

  /** The k nearest of those up to a distance, by distance, then position. */
  nearest(reach: number, k: number): Pairs {
    const keys = new Float64Array(this.count);
    let near = 0;
    for (let i = 0; i < this.count; i++) {
      const distance = this.distances[i]!;
      // A distance and a position fit one exact number, so that numbers can be sorted.
      if (distance <= reach) keys[near++] = distance * 2 ** 32 + this.positions[i]!;
    }
    const nearest = keys.subarray(0, near).sort().subarray(0, k);
    const pairs = new Uint32Array(2 * nearest.length);
    for (let i = 0; i < nearest.length; i++) {
      pairs[2 * i] = nearest[i]! % 2 ** 32;
      pairs[2 * i + 1] = Math.floor(nearest[i]! / 2 ** 32);
    }
    return pairs;
  }

  #grow(needed: number): void {
    const size = Math.max(needed, 2 * this.positions.length);
    const { positions, distances } = this;
    this.positions = new Uint32Array(size);
    this.positions.set(positions);
    this.distances = new Uint16Array(size);
    this.distances.set(distances);
  }
}
