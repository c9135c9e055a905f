import type { BoxFilter } from './boxFilter.js';
import { PackedImage } from './packedImage.js';

const { imul } = Math;

const HALF = 1 << 23;
const RED_BLUE = 0xff00ff;

/** Between rows and columns. */
const turned = new PackedImage();
/** Two rows to go to and fro between passes, with margins for what lies beyond the borders. */
let lines = [new Int32Array(0), new Int32Array(0)] as const;

/** What the kernels of `blurModule` do, in JavaScript: along the rows, then along the columns. */
export function blurPlainly(image: PackedImage, filter: BoxFilter): void {
  blurRows(image, filter, turned);
  blurRows(turned, filter, image);
}

/** Blurs the rows in three passes and writes them as columns, so that running it twice blurs both ways. */
function blurRows(source: PackedImage, filter: BoxFilter, target: PackedImage): void {
  const { width, height, pixels } = source;
  const margin = filter.radius + 1;
  const length = width + 2 * margin;
  if (lines[0].length < length) lines = [new Int32Array(length), new Int32Array(length)];
  const [first, second] = lines;
  target.resize(height, width);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) first[margin + x] = pixels[y * width + x]!;
    blurLine(first, width, filter, second, margin, 1);
    blurLine(second, width, filter, first, margin, 1);
    blurLine(first, width, filter, target.pixels, y, height);
  }
}

/**
 * One pass. Red and blue are summed side by side in one word, 16 bits each; green has its own.
 *
 * @param line  `width` pixels between margins of `radius + 1`, which it fills with the borders
 * @param at    where in `output` the first pixel goes; the others follow in distances of `step`
 */
function blurLine(
  line: Int32Array,
  width: number,
  { radius, full, part }: BoxFilter,
  output: Int32Array,
  at: number,
  step: number,
): void {
  for (let i = 0; i <= radius; i++) {
    line[i] = line[radius + 1]!;
    line[radius + width + 1 + i] = line[radius + width]!;
  }
  let redBlue = 0;
  let green = 0;
  for (let i = 0; i <= 2 * radius; i++) {
    redBlue += line[i]! & RED_BLUE;
    green += (line[i]! >> 8) & 255;
  }
  let entering = line[2 * radius + 1]!;
  for (let x = 0; x < width; x++) {
    const left = line[x]!;
    const right = line[x + 2 * radius + 2]!;
    redBlue = (redBlue + (entering & RED_BLUE) - (left & RED_BLUE)) | 0;
    green = (green + ((entering >> 8) & 255) - ((left >> 8) & 255)) | 0;
    const ends = (left & RED_BLUE) + (right & RED_BLUE);
    const greenEnds = ((left >> 8) & 255) + ((right >> 8) & 255);
    output[at] =
      ((imul(redBlue & 0xffff, full) + imul(ends & 0xffff, part) + HALF) >>> 24) |
      (((imul(green, full) + imul(greenEnds, part) + HALF) >>> 16) & 0xff00) |
      (((imul(redBlue >>> 16, full) + imul(ends >>> 16, part) + HALF) >>> 8) & 0xff0000);
    entering = right;
    at += step;
  }
}
