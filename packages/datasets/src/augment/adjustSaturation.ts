import { blend } from './blend.js';
import { luminance } from './luminance.js';
import type { PackedImage } from './packedImage.js';

const { floor, fround } = Math;

/** Sums that are no bytes. */
const OTHERS = ~255;
/** Below 512, float32 rounds by less than this: a sum that is further from the next integer does not get there. */
const NEAR = 2 ** -15;

/** Blends an image from its grays, in place: factor 0 is gray, 1 the image. */
export function adjustSaturation({ width, height, pixels }: PackedImage, factor: number): void {
  const rounded = fround(factor);
  fillSteps(rounded);
  const mix = (gray: number, value: number) => {
    const sum = gray + steps[value - gray + 255]!;
    return (sum & OTHERS) === 0 ? sum : blend(gray, value, rounded);
  };
  for (let i = 0; i < width * height; i++) {
    const pixel = pixels[i]!;
    const gray = luminance(pixel);
    pixels[i] =
      mix(gray, pixel & 255) | (mix(gray, (pixel >> 8) & 255) << 8) | (mix(gray, pixel >> 16) << 16);
  }
}

/**
 * For each difference of a value from its gray, by 255 more: what to add to the gray, so that most blending is done in
 * integers. Where that might differ from the rounding of `blend`, it is so much that the sum is no byte.
 */
const steps = new Int32Array(511);

function fillSteps(factor: number): void {
  for (let difference = -255; difference <= 255; difference++) {
    const exact = fround(factor * difference);
    const whole = floor(exact);
    const unsure = exact - whole > 1 - NEAR || whole < -255 || whole > 255;
    steps[difference + 255] = unsure ? OTHERS : whole;
  }
}
