import pngCodec from '@jimp/js-png';
import { dropAlpha } from './dropAlpha.js';
import { pngChunks } from './pngChunks.js';
import type { RgbImage } from './rgbImage.js';

const png = pngCodec();

/** Where the header has the bits of a sample. */
const DEPTH = 24;

export function decodePng(bytes: Buffer): RgbImage {
  const deep = bytes[DEPTH] === 16;
  const { width, height, data } = png.decode(withoutColourKey(bytes), deep ? { skipRescale: true } : {});
  // Pillow takes the high byte of 16 bits, where pngjs would round.
  return dropAlpha({ width, height, data: deep ? Uint8Array.from(data, (value) => value >> 8) : data });
}

/** pngjs paints black what a colour key makes transparent, instead of leaving its colour. A palette keeps its own. */
function withoutColourKey(bytes: Buffer): Buffer {
  const key = [...pngChunks(bytes)].find(({ kind }) => kind === 'tRNS' || kind === 'PLTE');
  if (key?.kind !== 'tRNS') return bytes;
  return Buffer.concat([bytes.subarray(0, key.start), bytes.subarray(key.end)]);
}
