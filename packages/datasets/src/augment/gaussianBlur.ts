import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';

const { floor, fround, imul, sqrt, trunc } = Math;

const PASSES = 3;

/**
 * Pillow's `GaussianBlur`: along the rows, then along the columns, three passes of a box with fractional ends, each
 * rounded to 8 bits. Beyond its borders the image goes on with the border's pixels.
 *
 * @param sigma  the standard deviation in pixels, at least 0
 * @returns `target`, or `source` if sigma is 0
 * @see Gwosdek, Grewenig, Bruhn & Weickert, Theoretical foundations of Gaussian convolution by extended box filtering,
 *   SSVM 2011
 */
export function gaussianBlur(source: RgbImage, sigma: number, target: PixelBuffer): RgbImage {
  if (sigma === 0) return source;
  const filter = boxFilter(boxRadius(fround(sigma)));
  blurRows(source, filter, target.resize(source.width, source.height));
  blurColumns(target, filter);
  return target;
}

/** The radius, with its fraction, of boxes that in three passes have the variance sigma². Rounds as Pillow's float32. */
function boxRadius(sigma: number): number {
  const variance = fround(fround(sigma * sigma) / PASSES);
  const length = fround(sqrt(12 * variance + 1));
  const whole = floor((length - 1) / 2);
  const above = fround(fround(whole * (whole + 1)) - fround(3 * variance));
  const below = fround(6 * fround(variance - fround((whole + 1) * (whole + 1))));
  return fround(whole + fround(fround((2 * whole + 1) * above) / below));
}

interface BoxFilter {
  readonly radius: number;
  /** Weight of a pixel inside the box, and of the two at its fractional ends, in units of 2^-24. */
  readonly full: number;
  readonly part: number;
}

function boxFilter(radius: number): BoxFilter {
  const whole = trunc(radius);
  const full = trunc(fround(2 ** 24 / fround(radius * 2 + 1)));
  return { radius: whole, full, part: trunc((2 ** 24 - (whole * 2 + 1) * full) / 2) };
}

/** Two lines of pixels to go to and fro between passes, with room for what lies beyond the borders. */
let lines: [Uint8Array, Uint8Array] = [new Uint8Array(0), new Uint8Array(0)];

function blurRows(source: RgbImage, filter: BoxFilter, target: PixelBuffer): void {
  const { width, height } = source;
  for (let y = 0; y < height; y++) blurLine(source.data, target.data, y * width * 3, 3, width, filter);
}

function blurColumns(image: RgbImage, filter: BoxFilter): void {
  const { width, height, data } = image;
  for (let x = 0; x < width; x++) blurLine(data, data, x * 3, width * 3, height, filter);
}

/** Blurs the `length` pixels that begin at `start` and lie `step` values apart. */
function blurLine(
  input: Uint8Array,
  output: Uint8Array,
  start: number,
  step: number,
  length: number,
  filter: BoxFilter,
): void {
  const reach = filter.radius + 1;
  if (lines[0].length < (length + 2 * reach) * 3) {
    lines = [new Uint8Array((length + 2 * reach) * 3), new Uint8Array((length + 2 * reach) * 3)];
  }
  let [from, to] = lines;
  for (let i = 0; i < length; i++) {
    for (let channel = 0; channel < 3; channel++) {
      from[(reach + i) * 3 + channel] = input[start + i * step + channel]!;
    }
  }
  for (let pass = 0; pass < PASSES; pass++) {
    extendBorders(from, reach, length);
    blurPass(from, to, length, filter);
    [from, to] = [to, from];
  }
  for (let i = 0; i < length; i++) {
    for (let channel = 0; channel < 3; channel++) {
      output[start + i * step + channel] = from[(reach + i) * 3 + channel]!;
    }
  }
}

function extendBorders(line: Uint8Array, reach: number, length: number): void {
  const last = (reach + length - 1) * 3;
  for (let i = 0; i < reach * 3; i++) {
    line[i] = line[reach * 3 + (i % 3)]!;
    line[last + 3 + i] = line[last + (i % 3)]!;
  }
}

function blurPass(from: Uint8Array, to: Uint8Array, length: number, filter: BoxFilter): void {
  const { radius, full, part } = filter;
  const reach = (radius + 1) * 3;
  for (let channel = 0; channel < 3; channel++) {
    let sum = 0;
    for (let i = channel; i < reach * 2 - 3; i += 3) sum += from[i]!;
    for (let i = reach + channel; i < reach + length * 3; i += 3) {
      const [far, next] = [from[i - reach]!, from[i + reach]!];
      sum += from[i + reach - 3]! - far;
      to[i] = (imul(sum, full) + imul(far + next, part) + (1 << 23)) >>> 24;
    }
  }
}
