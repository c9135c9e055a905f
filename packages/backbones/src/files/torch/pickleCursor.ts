/** Reads the operands of a pickle's instructions. Errors say what was expected; the unpickler adds where. */
export class PickleCursor {
  readonly #bytes: Buffer;
  #position: number;

  constructor(bytes: Uint8Array, start: number) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#position = start;
  }

  get position(): number {
    return this.#position;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#advance(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16LE(this.#advance(2));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#advance(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#advance(4));
  }

  /** Big-endian, as pickles have it. */
  float64(): number {
    return this.#bytes.readDoubleBE(this.#advance(8));
  }

  skip(count: number): void {
    this.#advance(count);
  }

  text(bytes: number, encoding: 'utf8' | 'latin1'): string {
    const start = this.#advance(bytes);
    return this.#bytes.toString(encoding, start, start + bytes);
  }

  /** Up to the next line feed. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#position);
    if (end < 0) throw new Error('expected a line, but found no end of it');
    const text = this.text(end - this.#position, 'utf8');
    this.skip(1);
    return text;
  }

  /** Two's complement, little-endian; a bigint where a number would not be exact. */
  integer(bytes: number): number | bigint {
    const start = this.#advance(bytes);
    let value = 0n;
    for (let i = bytes - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.#bytes[start + i]!);
    value = BigInt.asIntN(8 * bytes, value);
    return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  /** @returns where it was */
  #advance(count: number): number {
    const start = this.#position;
    const left = this.#bytes.length - start;
    if (count > left) throw new Error(`truncated: expected ${count} more bytes, but found ${left}`);
    this.#position = start + count;
    return start;
  }
}
