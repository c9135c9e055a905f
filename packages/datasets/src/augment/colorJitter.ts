import type { Rng } from '@hash/core';
import { adjustBrightness, adjustContrast } from './adjustContrast.js';
import { adjustHue } from './adjustHue.js';
import { adjustSaturation } from './adjustSaturation.js';
import type { PackedImage } from './packedImage.js';

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
    const strength = strengths[name];
    if (name === 'hue') return [name, rng.uniform(-strength, strength)];
    return [name, rng.uniform(Math.max(0, 1 - strength), 1 + strength)];
  });
}

/** Makes the adjustments one after another, in place. */
export function colorJitter(image: PackedImage, adjustments: readonly Adjustment[]): void {
  for (const [name, amount] of adjustments) adjust[name](image, amount);
}
