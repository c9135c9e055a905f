import { blend } from './blend.js';
import { runColourKernel } from './colourKernels.js';
import { luminance } from './luminance.js';
import type { PackedImage } from './packedImage.js';

/** Blends an image from its grays, in place: factor 0 is gray, 1 the image. */
export function adjustSaturation(image: PackedImage, factor: number): void {
  if (!runColourKernel(image, 'saturate', factor)) adjustSaturationPlainly(image, factor);
}

/** As {@link adjustSaturation}, in JavaScript. */
export function adjustSaturationPlainly({ width, height, pixels }: PackedImage, factor: number): void {
  const rounded = Math.fround(factor);
  for (let i = 0; i < width * height; i++) {
    const pixel = pixels[i]!;
    const gray = luminance(pixel);
    pixels[i] =
      blend(gray, pixel & 255, rounded) |
      (blend(gray, (pixel >> 8) & 255, rounded) << 8) |
      (blend(gray, pixel >> 16, rounded) << 16);
  }
}
