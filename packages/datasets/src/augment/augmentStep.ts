import type { Rng } from '@hash/core';
import type { CompleteOp } from './augmentSchema.js';
import { centerBox } from './centerCrop.js';
import { colorJitter, drawColorJitter } from './colorJitter.js';
import type { DeferredImage } from './deferredImage.js';
import { gaussianBlur } from './gaussianBlur.js';
import { grayscale } from './grayscale.js';
import { horizontalFlip } from './horizontalFlip.js';
import type { PackedImage } from './packedImage.js';
import { drawRandomCrop } from './randomCrop.js';
import { drawResizedCrop } from './randomResizedCrop.js';
import { resizedSize } from './resize.js';

/** One op, ready to run. */
export type AugmentStep =
  | { readonly random: false; run(image: DeferredImage): void }
  | { readonly random: true; run(image: DeferredImage, rng: Rng): void };

/** Every op but `normalize`, which is not about pixels. */
export type PixelOp = Exclude<CompleteOp, { op: 'normalize' }>;

export function augmentStep(op: PixelOp): AugmentStep {
  switch (op.op) {
    case 'resize':
      return { random: false, run: (image) => image.scale(resizedSize(image, op.size), op.interpolation) };
    case 'centerCrop':
      return { random: false, run: (image) => image.crop(centerBox(image, op.size)) };
    case 'randomCrop':
      return {
        random: true,
        run: (image, rng) => image.crop(drawRandomCrop(image, op.size, op.padding, rng)),
      };
    case 'randomResizedCrop':
      return {
        random: true,
        run: (image, rng) => {
          image.crop(drawResizedCrop(image, op.scale, op.ratio, rng));
          image.scale({ width: op.size, height: op.size }, op.interpolation);
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
    run: (image, rng) => {
      if (rng.chance(probability)) change(image.pixels(), rng);
    },
  };
}
