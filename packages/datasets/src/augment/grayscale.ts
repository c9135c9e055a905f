import { luminance } from './luminance.js';
import type { PackedImage } from './packedImage.js';

/** Replaces every pixel by its gray, three times, in place. */
export function grayscale({ width, height, pixels }: PackedImage): void {
  for (let i = 0; i < width * height; i++) pixels[i] = luminance(pixels[i]!) * 0x010101;
}
