import { colourModule, type ColourKernels } from './colourModule.js';
import { KernelMemory } from './kernelMemory.js';
import type { PackedImage } from './packedImage.js';

const memory = new KernelMemory<ColourKernels>(colourModule);
const factors = new Float32Array(1);
const factorBits = new Int32Array(factors.buffer);

/**
 * Runs a kernel on an image, in place.
 *
 * @param factor  that the kernel is given the address of
 * @returns whether there was room for it
 */
export function runColourKernel(
  { width, height, pixels }: PackedImage,
  name: keyof ColourKernels,
  factor = 0,
): boolean {
  const count = width * height;
  const end = 4 * Math.ceil(count / 4);
  const room = memory.room(end + 1);
  if (room === undefined) return false;
  const { kernels, words } = room;
  words.set(pixels.subarray(0, count));
  factors[0] = factor;
  words[end] = factorBits[0]!;
  kernels[name](0, 4 * end, 4 * end);
  pixels.set(words.subarray(0, count));
  return true;
}
