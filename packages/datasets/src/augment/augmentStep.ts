import type { Rng } from '@hash/core';
import type { PackedImage } from './packedImage.js';
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

/** One op, ready to run: it works in place, or writes `spare` and returns that. */
export type AugmentStep =
  | { readonly random: false; run(image: PackedImage, spare: PackedImage): PackedImage }
  | { readonly random: true; run(image: PackedImage, spare: PackedImage, rng: Rng): PackedImage };

/** Every op but `normalize`, which is not about pixels. */
export type PixelOp = Exclude<CompleteOp, { op: 'normalize' }>;

export function augmentStep(op: PixelOp): AugmentStep {
  switch (op.op) {
    case 'resize':
      return { random: false, run: (image, spare) => resize(image, op.size, op.interpolation, spare) };
    case 'centerCrop':
      return { random: false, run: (image, spare) => centerCrop(image, op.size, spare) };
    case 'randomCrop':
      return {
        random: true,
        run: (image, spare, rng) => crop(image, drawRandomCrop(image, op.size, op.padding, rng), spare),
      };
    case 'randomResizedCrop':
      return {
        random: true,
        run: (image, spare, rng) => {
          const box = drawResizedCrop(image, op.scale, op.ratio, rng);
          return resample(image, box, op.size, op.size, op.interpolation, spare);
        },
      };
    case 'randomHorizontalFlip':
      return sometimes(op.probability, horizontalFlip);
    case 'colorJitter':
      return sometimes(op.probability, (image, rng) => colorJitter(image, drawColorJitter(op, rng)));
    case 'randomGrayscale':
      return sometimes(op.probability, grayscale);
    case 'gaussianBlur':
      return sometimes(op.probability, (image, rng) => gaussianBlur(image, rng.uniform(...op.sigma)));
  }
}

function sometimes(probability: number, change: (image: PackedImage, rng: Rng) => void): AugmentStep {
  return {
    random: true,
    run: (image, _, rng) => {
      if (rng.chance(probability)) change(image, rng);
      return image;
    },
  };
}
