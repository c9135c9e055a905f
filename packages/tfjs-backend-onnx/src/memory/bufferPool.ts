/** Below this a fresh array costs less than the bookkeeping. */
const MIN_BYTES = 1024;

/**
 * Buffers of results that nobody can read any more, by size. A training step makes the same sizes again and again, and
 * a buffer used again is neither zeroed nor paged in.
 */
export class BufferPool {
  readonly #free = new Map<number, ArrayBuffer[]>();
  readonly #maxBytes: number;
  #bytes = 0;

  /** @param maxBytes  what the pool may hold back; beyond it buffers are left to the garbage collector */
  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** Bytes held back for later. */
  get bytes(): number {
    return this.#bytes;
  }

  /** A buffer with arbitrary content. */
  take(bytes: number): ArrayBuffer {
    const buffer = this.#free.get(bytes)?.pop();
    if (buffer === undefined) return new ArrayBuffer(bytes);
    this.#bytes -= bytes;
    return buffer;
  }

  give(buffer: ArrayBuffer): void {
    const bytes = buffer.byteLength;
    if (bytes < MIN_BYTES || this.#bytes + bytes > this.#maxBytes) return;
    const free = this.#free.get(bytes);
    if (free === undefined) this.#free.set(bytes, [buffer]);
    else free.push(buffer);
    this.#bytes += bytes;
  }

  clear(): void {
    this.#free.clear();
    this.#bytes = 0;
  }
}
