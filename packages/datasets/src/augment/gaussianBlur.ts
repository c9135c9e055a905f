import { blurModule, type BlurKernels } from './blurModule.js';
import { blurPlainly } from './blurPlainly.js';
import { boxFilterOf, type BoxFilter } from './boxFilter.js';
import { KernelMemory } from './kernelMemory.js';
import type { PackedImage } from './packedImage.js';

/**
 * Pillow's `GaussianBlur`, in place: along the rows, then along the columns, three passes of a box with fractional ends,
 * each rounded to 8 bits. Beyond its borders the image goes on with the border's pixels.
 *
 * @param sigma  the standard deviation in pixels, 0 to {@link MAX_SIGMA}
 * @see Gwosdek, Grewenig, Bruhn & Weickert, Theoretical foundations of Gaussian convolution by extended box filtering,
 *   SSVM 2011
 */
export function gaussianBlur(image: PackedImage, sigma: number): void {
  if (sigma === 0) return;
  const filter = boxFilterOf(sigma);
  if (!blurByKernels(image, filter)) blurPlainly(image, filter);
}

/** Up to here the sum of a box's pixels fits into 16 bits. */
export const MAX_SIGMA = 100;

const memory = new KernelMemory<BlurKernels>(blurModule);

/** @returns whether there was room for it */
function blurByKernels({ width, height, pixels }: PackedImage, { radius, full, part }: BoxFilter): boolean {
  const count = width * height;
  // A row, or a column, between its margins.
  const line = Math.max(width, height) + 2 * (radius + 1);
  const room = memory.room(2 * (count + line));
  if (room === undefined) return false;
  const { kernels, words } = room;
  words.set(pixels.subarray(0, count));
  const [turned, first, second] = [4 * count, 8 * count, 8 * count + 4 * line];
  kernels.blurRows(0, width, height, radius, full, part, first, second, turned);
  kernels.blurRows(turned, height, width, radius, full, part, first, second, 0);
  pixels.set(words.subarray(0, count));
  return true;
}
