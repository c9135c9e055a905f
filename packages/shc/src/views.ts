import type { AugmentSpec, Preprocessing } from '@hash/core';
import type { ShcConfig } from './config.js';

/** The random pipeline of training images: a random crop of an image that is a little larger, perhaps flipped. */
export function trainingView({ augmentation }: ShcConfig, preprocessing: Preprocessing): AugmentSpec {
  const { size, interpolation, mean, std } = preprocessing;
  const { margin, flip } = augmentation;
  return [
    { op: 'resize', size: Math.round(size * margin), interpolation },
    { op: 'randomHorizontalFlip', probability: flip },
    { op: 'randomCrop', size },
    { op: 'normalize', mean, std },
  ];
}

/** The pipeline of queries and database images, and of stage 1's similarity: the middle of the same. */
export function inferenceView({ augmentation }: ShcConfig, preprocessing: Preprocessing): AugmentSpec {
  const { size, interpolation, mean, std } = preprocessing;
  return [
    { op: 'resize', size: Math.round(size * augmentation.margin), interpolation },
    { op: 'centerCrop', size },
    { op: 'normalize', mean, std },
  ];
}
