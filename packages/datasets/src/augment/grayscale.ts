import { runColourKernel } from './colourKernels.js';
import { luminance } from './luminance.js';
import type { PackedImage } from './packedImage.js';

/** Replaces every pixel by its gray, three times, in place. */
export function grayscale(image: PackedImage): void {
  if (!runColourKernel(image, 'grayscale')) grayscalePlainly(image);
}

/** As {@link grayscale}, in JavaScript. */
export function grayscalePlainly({ width, height, pixels }: PackedImage): void {
  for (let i = 0; i < width * height; i++) pixels[i] = luminance(pixels[i]!) * 0x010101;
}
