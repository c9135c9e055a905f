import type { Rng } from '@hash/core';
import type { PixelBuffer } from '../image/pixelBuffer.js';
import type { RgbImage } from '../image/rgbImage.js';
import type { CompleteOp } from './augmentSchema.js';
import { centerCrop } from './centerCrop.js';
import { colorJitter, drawColorJitter } from './colorJitter.js';
import { crop } from './crop.js';
import { gaussianBlur } from './gaussianBlur.js';
import { grayscale } from './grayscale.js';
import { horizontalFlip } from './horizontalFlip.js';
import { drawRandomCrop } from './randomCrop.js';
import { drawResizedCrop } from './randomResizedCrop.js';
import { resample } from './resample.js';
import { resize } from './resize.js';

/** One op, ready to run. It returns `target`, which is never `source`; or `source` if there was nothing to do. */
export type AugmentStep =
  | { readonly random: false; run(source: RgbImage, target: PixelBuffer): RgbImage }
  | { readonly random: true; run(source: RgbImage, target: PixelBuffer, rng: Rng): RgbImage };

/** Every op but `normalize`, which is not about pixels. */
export type PixelOp = Exclude<CompleteOp, { op: 'normalize' }>;

export function augmentStep(op: PixelOp): AugmentStep {
  switch (op.op) {
    case 'resize':
      return { random: false, run: (source, target) => resize(source, op.size, op.interpolation, target) };
    case 'centerCrop':
      return { random: false, run: (source, target) => centerCrop(source, op.size, target) };
    case 'randomCrop':
      return {
        random: true,
        run: (source, target, rng) => crop(source, drawRandomCrop(source, op.size, op.padding, rng), target),
      };
    case 'randomResizedCrop':
      return {
        random: true,
        run: (source, target, rng) => {
          const box = drawResizedCrop(source, op.scale, op.ratio, rng);
          return resample(source, box, op.size, op.size, op.interpolation, target);
        },
      };
    case 'randomHorizontalFlip':
      return sometimes(op.probability, horizontalFlip);
    case 'colorJitter':
      return sometimes(op.probability, (source, target, rng) =>
        colorJitter(source, drawColorJitter(op, rng), target),
      );
    case 'randomGrayscale':
      return sometimes(op.probability, grayscale);
    case 'gaussianBlur':
      return sometimes(op.probability, (source, target, rng) =>
        gaussianBlur(source, rng.uniform(...op.sigma), target),
      );
  }
}

function sometimes(
  probability: number,
  run: (source: RgbImage, target: PixelBuffer, rng: Rng) => RgbImage,
): AugmentStep {
  return {
    random: true,
    run: (source, target, rng) => (rng.chance(probability) ? run(source, target, rng) : source),
  };
}
