/**
 * The ids of the codes at positions 0, 1, ...: ascending, never given twice. As long as nothing was removed an id is its
 * position and takes no memory.
 */
export class IdList {
  #count = 0;
  /** The id that the next code gets. */
  #next = 0;
  /** The ids in its first `count` places; null while they are the positions. */
  #ids: Uint32Array | null = null;

  get count(): number {
    return this.#count;
  }

  get next(): number {
    return this.#next;
  }

  /** All ids, or null where they are the positions. */
  get explicit(): Uint32Array | null {
    return this.#ids === null ? null : this.#ids.subarray(0, this.#count);
  }

  static restore(count: number, { next, explicit }: Pick<IdList, 'next' | 'explicit'>): IdList {
    const list = new IdList();
    list.#count = count;
    list.#next = next;
    list.#ids = explicit;
    return list;
  }

  at(position: number): number {
    return this.#ids === null ? position : this.#ids[position]!;
  }

  /** The position of an id, or -1. */
  position(id: number): number {
    if (this.#ids === null) return id < this.#count ? id : -1;
    let low = 0;
    let high = this.#count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#ids[middle]! < id) low = middle + 1;
      else high = middle;
    }
    return low < this.#count && this.#ids[low] === id ? low : -1;
  }

  /** Gives ids to `count` more codes; returns the first. */
  append(count: number): number {
    const first = this.#next;
    if (this.#ids !== null) {
      const needed = this.#count + count;
      if (needed > this.#ids.length) {
        const larger = new Uint32Array(Math.max(needed, Math.ceil(1.25 * this.#ids.length)));
        larger.set(this.#ids);
        this.#ids = larger;
      }
      for (let i = 0; i < count; i++) this.#ids[this.#count + i] = first + i;
    }
    this.#count += count;
    this.#next += count;
    return first;
  }

  /** @param positions  ascending */
  remove(positions: readonly number[]): void {
    if (positions.length === 0) return;
    const ids = this.#ids ?? Uint32Array.from({ length: this.#count }, (_, position) => position);
    closeGaps(ids, positions, this.#count, 1);
    this.#ids = ids;
    this.#count -= positions.length;
  }
}

/**
 * Moves the items that remain over those that are removed.
 *
 * @param positions  of removed items, ascending
 * @param count      number of items
 * @param width      array elements of an item
 */
export function closeGaps(
  items: Uint8Array | Uint32Array,
  positions: readonly number[],
  count: number,
  width: number,
): void {
  positions.forEach((position, i) => {
    const next = positions[i + 1] ?? count;
    items.copyWithin((position - i) * width, (position + 1) * width, next * width);
  });
}
