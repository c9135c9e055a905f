/** Below this a fresh array costs less than the bookkeeping. */
const MIN_BYTES = 1024;

/**
 * Buffers of results that nobody can read any more, by size. A training step makes the same sizes again and again, and
 * a buffer used again is neither zeroed nor paged in.
 */
export class BufferPool {
  /** In the order of last use of a size. */
  readonly #free = new Map<number, ArrayBuffer[]>();
  readonly #maxBytes: number;
  #bytes = 0;

  /** @param maxBytes  what the pool may hold back; beyond it the sizes that were not asked for longest are let go */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes held back for later. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A buffer with arbitrary content. */
  take(bytes: number): ArrayBuffer {
    const free = this.#free.get(bytes);
    if (free === undefined) return new ArrayBuffer(bytes);
    const buffer = free.pop() as ArrayBuffer;
    this.#bytes -= bytes;
    this.#free.delete(bytes);
    if (free.length > 0) this.#free.set(bytes, free);
    return buffer;
  }

  give(buffer: ArrayBuffer): void {
    const bytes = buffer.byteLength;
    if (bytes < MIN_BYTES || bytes > this.#maxBytes) return;
    const free = this.#free.get(bytes) ?? [];
    free.push(buffer);
    this.#free.delete(bytes);
    this.#free.set(bytes, free);
    this.#bytes += bytes;
    while (this.#bytes > this.#maxBytes) this.#dropOldest();
  }

  clear(): void {
    this.#free.clear();
    this.#bytes = 0;
  }

  #dropOldest(): void {
    const [oldest] = this.#free as Iterable<[number, ArrayBuffer[]]>;
    const [bytes, free] = oldest as [number, ArrayBuffer[]];
    free.pop();
    this.#bytes -= bytes;
    if (free.length === 0) this.#free.delete(bytes);
  }
}
