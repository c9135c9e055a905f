import { blend } from './blend.js';
import { luminance } from './luminance.js';
import type { PackedImage } from './packedImage.js';

/** Blends an image from black, in place: factor 0 is black, 1 the image, 2 twice as bright. */
export function adjustBrightness(image: PackedImage, factor: number): void {
  blendFromGray(image, 0, factor);
}

/** Blends an image from its mean gray, in place: factor 0 is that gray, 1 the image. */
export function adjustContrast(image: PackedImage, factor: number): void {
  blendFromGray(image, meanGray(image), factor);
}

const table = new Uint8Array(256);

function blendFromGray({ width, height, pixels }: PackedImage, gray: number, factor: number): void {
  const rounded = Math.fround(factor);
  for (let value = 0; value < 256; value++) table[value] = blend(gray, value, rounded);
  for (let i = 0; i < width * height; i++) {
    const pixel = pixels[i]!;
    pixels[i] = table[pixel & 255]! | (table[(pixel >> 8) & 255]! << 8) | (table[pixel >> 16]! << 16);
  }
}

function meanGray({ width, height, pixels }: PackedImage): number {
  let sum = 0;
  for (let i = 0; i < width * height; i++) sum += luminance(pixels[i]!);
  return Math.trunc(sum / (width * height) + 0.5);
}
