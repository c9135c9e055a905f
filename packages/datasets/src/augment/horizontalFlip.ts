import type { PackedImage } from './packedImage.js';

/** Mirrors left and right, in place. */
export function horizontalFlip({ width, height, pixels }: PackedImage): void {
  for (let y = 0; y < height; y++) pixels.subarray(y * width, (y + 1) * width).reverse();
}
