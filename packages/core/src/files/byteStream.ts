/** Reads exact numbers of bytes from data that come in chunks, and knows how far it is. */
export class ByteStream {
  readonly #chunks: AsyncIterator<Uint8Array>;
  readonly #place: string;
  #chunk = new Uint8Array(0);
  #position = 0;

  /** @param place  names the data in errors, such as `weights.npz: cls.npy` */
  constructor(chunks: AsyncIterable<Uint8Array>, place: string) {
    this.#chunks = chunks[Symbol.asyncIterator]();
    this.#place = place;
  }

  /** Bytes read so far. */
  get position(): number {
    return this.#position;
  }

  /** @throws Error where the data end before `count` bytes */
  async read(count: number): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = new Uint8Array(count);
    let filled = 0;
    while (filled < count) {
      if (this.#chunk.length === 0 && !(await this.#advance())) {
        throw new Error(
          `${this.#place}: truncated: expected ${count} bytes at byte ${this.#position}, but got ${filled}.`,
        );
      }
      const part = this.#chunk.subarray(0, count - filled);
      bytes.set(part, filled);
      this.#chunk = this.#chunk.subarray(part.length);
      filled += part.length;
    }
    this.#position += count;
    return bytes;
  }

  /**
   * Asserts that all has been read. The source then runs to its end, where a zip member compares its checksum.
   * @throws Error where bytes are left
   */
  async end(): Promise<void> {
    if (this.#chunk.length > 0 || (await this.#advance()))
      throw new Error(`${this.#place}: expected the data to end at byte ${this.#position}, but more follow.`);
  }

  /** Lets go of the source before its end. */
  async close(): Promise<void> {
    await this.#chunks.return?.();
  }

  /** Takes the next chunk that is not empty. */
  async #advance(): Promise<boolean> {
    for (;;) {
      const next = await this.#chunks.next();
      if (next.done === true) return false;
      if (next.value.length === 0) continue;
      this.#chunk = next.value as Uint8Array<ArrayBuffer>;
      return true;
    }
  }
}
