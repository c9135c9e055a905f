export interface JpegSegment {
  /** Its second byte; the first is 0xff. */
  readonly marker: number;
  /** What follows its length. */
  readonly content: Buffer;
}

const START_OF_SCAN = 0xda;

/** The segments before the first scan: tables, frame header and what applications have added. */
export function* jpegSegments(bytes: Buffer): Generator<JpegSegment> {
  for (let at = 2; at + 4 <= bytes.length;) {
    const marker = bytes[at + 1]!;
    if (bytes[at] !== 0xff || marker === START_OF_SCAN) return;
    if (marker === 0xff) {
      at++; // Fill bytes may stand before a marker.
    } else {
      const end = at + 2 + bytes.readUInt16BE(at + 2);
      yield { marker, content: bytes.subarray(at + 4, end) };
      at = end;
    }
  }
}

/** Baseline, extended or progressive, and what else can hold a frame: all of C0 to CF but the tables C4, C8 and CC. */
export function isFrame({ marker }: JpegSegment): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** Adobe's, which says how colours are transformed. */
export function isAdobe({ marker, content }: JpegSegment): boolean {
  return marker === 0xee && content.length >= 12 && content.toString('latin1', 0, 5) === 'Adobe';
}
