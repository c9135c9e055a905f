import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Interpolation, Rgb } from '@hash/core';
import type { Adjustment } from './colorJitter.js';
import { DeferredImage } from './deferredImage.js';
import type { PackedImage } from './packedImage.js';
import { picture, type PictureName } from './pictures.testing.js';

interface ExpectedImage {
  readonly width: number;
  readonly height: number;
  /** The bytes of a small image. */
  readonly base64?: string;
  /** Of the bytes of a large one. */
  readonly sha256?: string;
}

export type OracleCase<Arguments> = Arguments & {
  readonly picture: PictureName;
  readonly width: number;
  readonly height: number;
  readonly expected: ExpectedImage;
};

interface Oracle {
  readonly resize: readonly OracleCase<{ size: number; interpolation: Interpolation }>[];
  readonly centerCrop: readonly OracleCase<{ size: number }>[];
  readonly randomCrop: readonly OracleCase<{ left: number; top: number; size: number; padding: number }>[];
  readonly resizedCrop: readonly OracleCase<{
    box: [left: number, top: number, width: number, height: number];
    size: number;
    interpolation: Interpolation;
  }>[];
  /** `resize`, `centerCrop` and a `resizedCrop` of `box` from that. */
  readonly chain: readonly OracleCase<{
    resize: number;
    centerCrop: number;
    box: [left: number, top: number, width: number, height: number];
    size: number;
    interpolation: Interpolation;
  }>[];
  readonly horizontalFlip: readonly OracleCase<unknown>[];
  readonly brightness: readonly OracleCase<{ amount: number }>[];
  readonly contrast: readonly OracleCase<{ amount: number }>[];
  readonly saturation: readonly OracleCase<{ amount: number }>[];
  readonly hue: readonly OracleCase<{ amount: number }>[];
  readonly colorJitter: readonly OracleCase<{ adjustments: readonly Adjustment[] }>[];
  readonly grayscale: readonly OracleCase<unknown>[];
  readonly gaussianBlur: readonly OracleCase<{ sigma: number }>[];
  readonly normalize: readonly { width: number; height: number; mean: Rgb; std: Rgb; expected: number[] }[];
}

/** What torchvision and Pillow made of the test pictures: `tools/oracles/augment.py`. */
export const oracle = JSON.parse(
  readFileSync(new URL('../../fixtures/augment.json', import.meta.url), 'utf8'),
) as Oracle;

/** Runs an op that works in place on the picture of every case and expects the oracle's bytes. */
export function expectOraclesBytes<Arguments>(
  cases: readonly OracleCase<Arguments>[],
  run: (image: PackedImage, given: OracleCase<Arguments>) => void,
): void {
  expectOraclesCrops(cases, (image, given) => run(image.pixels(), given));
}

/** The same for crops and scalings. */
export function expectOraclesCrops<Arguments>(
  cases: readonly OracleCase<Arguments>[],
  run: (image: DeferredImage, given: OracleCase<Arguments>) => void,
): void {
  expect(cases.length).toBeGreaterThan(0);
  // One for all, because what an earlier image left in its memory must not show.
  const image = new DeferredImage();
  for (const given of cases) {
    image.load(picture(given.picture, given.width, given.height));
    run(image, given);
    const { expected, ...place } = given;
    expect({ ...place, found: describe(image.pixels(), expected) }).toEqual({ ...place, found: expected });
  }
}

/** The bytes of an image, [height, width, 3]. */
export function bytesOf({ width, height, pixels }: PackedImage): Uint8Array {
  const bytes = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i++) {
    const pixel = pixels[i]!;
    bytes.set([pixel & 255, (pixel >> 8) & 255, pixel >> 16], i * 3);
  }
  return bytes;
}

/** The image in the form in which the oracle keeps it. */
function describe(image: PackedImage, { base64 }: ExpectedImage): ExpectedImage {
  const { width, height } = image;
  const bytes = Buffer.from(bytesOf(image));
  return base64 === undefined
    ? { width, height, sha256: createHash('sha256').update(bytes).digest('hex') }
    : { width, height, base64: bytes.toString('base64') };
}
