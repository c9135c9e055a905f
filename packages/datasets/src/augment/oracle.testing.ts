import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from '@jest/globals';
import type { Interpolation, Rgb } from '@hash/core';
import { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';
import type { Adjustment } from './colorJitter.js';
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

/** Runs an op on the picture of every case and expects the oracle's bytes, and the picture unharmed. */
export function expectOraclesBytes<Arguments>(
  cases: readonly OracleCase<Arguments>[],
  run: (source: RgbImage, given: OracleCase<Arguments>, target: PixelBuffer) => RgbImage,
): void {
  expect(cases.length).toBeGreaterThan(0);
  const target = new PixelBuffer();
  for (const given of cases) {
    const source = picture(given.picture, given.width, given.height);
    // What an earlier image left in the target must not show.
    target.data.fill(0xaa);
    const result = run(source, given, target);
    const { expected, ...place } = given;
    expect({ ...place, found: describe(result, expected) }).toEqual({ ...place, found: expected });
    expect(Buffer.compare(source.data, picture(given.picture, given.width, given.height).data)).toBe(0);
  }
}

/** The image in the form in which the oracle keeps it. */
function describe({ width, height, data }: RgbImage, { base64 }: ExpectedImage): ExpectedImage {
  const bytes = Buffer.from(data.buffer, data.byteOffset, width * height * 3);
  return base64 === undefined
    ? { width, height, sha256: createHash('sha256').update(bytes).digest('hex') }
    : { width, height, base64: bytes.toString('base64') };
}
