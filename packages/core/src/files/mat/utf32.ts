/** The last character of Unicode. */
const LAST = 0x10ffff;

/** The characters of UTF-32, with � in the place of what is none, as the decoders of UTF-8 and UTF-16 put it. */
export function decodeUtf32(bytes: Uint8Array): readonly string[] {
  const points = new Uint32Array(bytes.slice().buffer);
  return Array.from(points, (point) => String.fromCodePoint(point > LAST ? 0xfffd : point));
}
