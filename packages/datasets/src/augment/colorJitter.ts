import type { Rng } from '@hash/core';
import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';
import { adjustBrightness, adjustContrast } from './adjustContrast.js';
import { adjustHue } from './adjustHue.js';
import { adjustSaturation } from './adjustSaturation.js';
const adjust = {
  brightness: adjustBrightness,
  contrast: adjustContrast,
  saturation: adjustSaturation,
  hue: adjustHue,
} as const;

export type Adjustment = readonly [what: keyof typeof adjust, amount: number];

/** Half widths of the ranges that the amounts are drawn from; 0 leaves an adjustment out. */
export type JitterStrengths = Readonly<Record<keyof typeof adjust, number>>;

/** Draws factors from [max(0, 1 - x), 1 + x] and a hue shift from [-hue, hue], in random order. */
export function drawColorJitter(strengths: JitterStrengths, rng: Rng): Adjustment[] {
  const names = (Object.keys(adjust) as (keyof typeof adjust)[]).filter((name) => strengths[name] > 0);
  return Array.from(rng.permutation(names.length), (i) => {
    const name = names[i]!;
    const centre = name === 'hue' ? 0 : 1;
    const strength = strengths[name];
    const low = name === 'hue' ? -strength : Math.max(0, centre - strength);
    return [name, rng.uniform(low, centre + strength)];
  });
}
/** Makes the adjustments one after another. @returns `target`, or `source` if there are none */
export function colorJitter(
  source: RgbImage,
  adjustments: readonly Adjustment[],
  target: PixelBuffer,
): RgbImage {
  return adjustments.reduce((image, [name, amount]) => adjust[name](image, amount, target), source);
}
