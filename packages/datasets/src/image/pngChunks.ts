export interface PngChunk {
  readonly kind: string;
  readonly content: Buffer;
  /** Where the chunk, with its length, kind and sum, begins and ends in the file. */
  readonly start: number;
  readonly end: number;
}

const SIGNATURE_BYTES = 8;

/** The chunks of a PNG file. */
export function* pngChunks(bytes: Buffer): Generator<PngChunk> {
  for (let start = SIGNATURE_BYTES; start + 12 <= bytes.length;) {
    const end = start + 12 + bytes.readUInt32BE(start);
    const kind = bytes.toString('latin1', start + 4, start + 8);
    yield { kind, content: bytes.subarray(start + 8, end - 4), start, end };
    start = end;
  }
}
