const LENGTH_BYTES = 5;

/** Appends Protocol Buffers fields to a growing buffer. Only what ONNX messages need. */
export class ProtobufWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  /** What was written so far, without a copy; valid until the next write. */
  bytes(): Uint8Array {
    return this.#bytes.subarray(0, this.#length);
  }

  /** @param value  an integer of at most 53 bits; negative ones take two's complement of 64 bits, as int64 does */
  integer(field: number, value: number): void {
    this.#varint(field << 3);
    if (value >= 0) this.#varint(value);
    else this.#bigVarint(BigInt.asUintN(64, BigInt(value)));
  }

  float(field: number, value: number): void {
    this.#varint((field << 3) | 5);
    this.#reserve(4);
    new DataView(this.#bytes.buffer).setFloat32(this.#length, value, true);
    this.#length += 4;
  }

  data(field: number, value: Uint8Array): void {
    this.#varint((field << 3) | 2);
    this.#varint(value.byteLength);
    this.#reserve(value.byteLength);
    this.#bytes.set(value, this.#length);
    this.#length += value.byteLength;
  }

  text(field: number, value: string): void {
    this.data(field, Buffer.from(value, 'utf8'));
  }

  /** Writes a nested message. Its length is filled in afterwards, in a varint padded to a fixed width. */
  message(field: number, write: () => void): void {
    this.#varint((field << 3) | 2);
    this.#reserve(LENGTH_BYTES);
    const start = this.#length;
    this.#length += LENGTH_BYTES;
    write();
    let rest = this.#length - start - LENGTH_BYTES;
    for (let i = 0; i < LENGTH_BYTES; i++) {
      this.#bytes[start + i] = (rest & 0x7f) | (i < LENGTH_BYTES - 1 ? 0x80 : 0);
      rest = Math.floor(rest / 128);
    }
  }

  #varint(value: number): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 0x7f) {
      this.#bytes[this.#length++] = (rest % 128) | 0x80;
      rest = Math.floor(rest / 128);
    }
    this.#bytes[this.#length++] = rest;
  }

  #bigVarint(value: bigint): void {
    this.#reserve(10);
    let rest = value;
    while (rest > 0x7fn) {
      this.#bytes[this.#length++] = Number(rest & 0x7fn) | 0x80;
      rest >>= 7n;
    }
    this.#bytes[this.#length++] = Number(rest);
  }

  #reserve(count: number): void {
    if (this.#length + count <= this.#bytes.length) return;
    const grown = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count));
    grown.set(this.bytes());
    this.#bytes = grown;
  }
}
