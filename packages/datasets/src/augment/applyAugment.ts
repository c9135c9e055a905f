import type { Rng } from '@hash/core';
import type { RgbImage } from '../image/rgbImage.js';
import type { CompiledAugment } from './compileOps.js';
import { writeFloats } from './normalize.js';

/**
 * Runs a pipeline on one image.
 *
 * @param image   stays as it is
 * @param rng     where random ops draw from; may be missing if there are none
 * @param out     receives [size, size, 3] floats: normalized, or in [0, 1] without `normalize`
 * @param offset  where in `out` they begin
 * @throws TypeError if a random op has no generator, RangeError if `out` or `image.data` is too short or an image too small to crop
 */
export function applyAugment(
  compiled: CompiledAugment,
  image: RgbImage,
  rng: Rng | undefined,
  out: Float32Array,
  offset: number,
): void {
  const { what, size, steps, floats, working } = compiled;
  expectRoom(`${what}: expected out`, offset + size * size * 3, out);
  expectRoom(`${what}: expected image.data`, image.width * image.height * 3, image.data);
  working.load(image);
  for (const step of steps) {
    if (step.random) step.run(working, required(rng, what));
    else step.run(working);
  }
  writeFloats(working.pixels(), floats, out, offset);
}

function expectRoom(what: string, least: number, { length }: ArrayLike<number>): void {
  if (length < least) {
    throw new RangeError(`applyAugment: ${what} to have at least ${least} values, but got ${length}.`);
  }
}

function required(rng: Rng | undefined, what: string): Rng {
  if (rng === undefined) {
    throw new TypeError(`applyAugment: ${what}: expected a generator for its random ops, but got none.`);
  }
  return rng;
}
