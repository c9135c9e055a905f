import { WEIGHT_BITS, type ResamplingKernel } from './resamplingKernel.js';
import type { Scaling } from './scaler.js';

const { imul } = Math;
const HALF = 1 << (WEIGHT_BITS - 1);

/** Between the two passes; grows to the largest image. */
let between = new Int32Array(0);

/**
 * What `Scaler` does, in JavaScript.
 *
 * @param target  receives the packed pixels
 */
export function scalePlainly(
  { source, stride, count, left, columns, rows, first }: Scaling,
  target: Int32Array,
): void {
  const width = columns.starts.length;
  if (between.length <= width * count) between = new Int32Array(width * count + 1);
  scaleRows(source, { stride, count, corner: left }, columns, between);
  scaleRows(between, { stride: count, count: width, corner: -first }, rows, target);
}

interface Rows {
  /** From one row to the next. */
  readonly stride: number;
  readonly count: number;
  /** Where the first one begins. */
  readonly corner: number;
}

/**
 * Scales rows and writes them as columns, so that running it twice scales both ways. It goes through one output column
 * after another: each has the same weights from end to end.
 */
function scaleRows(
  pixels: Int32Array,
  { stride, count, corner }: Rows,
  { taps, starts, weights }: ResamplingKernel,
  output: Int32Array,
): void {
  for (let x = 0; x < starts.length; x++) {
    const end = (x + 1) * count;
    const lastTap = (x + 1) * taps;
    let row = corner + starts[x]!;
    for (let at = x * count; at < end; at++) {
      let red = HALF;
      let green = HALF;
      let blue = HALF;
      let from = row;
      for (let tap = x * taps; tap < lastTap; tap += 2) {
        const u = weights[tap]!;
        const v = weights[tap + 1]!;
        const a = pixels[from]!;
        const b = pixels[from + 1]!;
        red = (red + imul(u, a & 255) + imul(v, b & 255)) | 0;
        green = (green + imul(u, (a >> 8) & 255) + imul(v, (b >> 8) & 255)) | 0;
        blue = (blue + imul(u, a >> 16) + imul(v, b >> 16)) | 0;
        from += 2;
      }
      output[at] = toByte(red) | (toByte(green) << 8) | (toByte(blue) << 16);
      row += stride;
    }
  }
}

function toByte(fixedPoint: number): number {
  const value = fixedPoint >> WEIGHT_BITS;
  return value < 0 ? 0 : value > 255 ? 255 : value;
}
