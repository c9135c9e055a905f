import type { AugmentSpec } from '../contracts/augment.js';
import type { Preprocessing } from '../contracts/backbone.js';
import type { Augmentation } from './augmentationSchema.js';

/**
 * The random pipeline from which contrastive learning draws the views of a training image.
 * @see Chen, Kornblith, Norouzi & Hinton, ICML 2020, arXiv:2002.05709
 */
export function randomView(
  augmentation: Augmentation,
  { size, interpolation, mean, std }: Preprocessing,
): AugmentSpec {
  const { cropScale, flip, jitter, brightness, contrast, saturation, hue, grayscale, blur } = augmentation;
  return [
    { op: 'randomResizedCrop', size, scale: cropScale, interpolation },
    { op: 'colorJitter', brightness, contrast, saturation, hue, probability: jitter },
    { op: 'randomGrayscale', probability: grayscale },
    { op: 'gaussianBlur', sigma: [0.1, 2], probability: blur },
    { op: 'randomHorizontalFlip', probability: flip },
    { op: 'normalize', mean, std },
  ];
}

/** The pipeline of queries and database images: the middle square, without chance. */
export function plainView({ size, interpolation, mean, std }: Preprocessing): AugmentSpec {
  return [
    { op: 'resize', size, interpolation },
    { op: 'centerCrop', size },
    { op: 'normalize', mean, std },
  ];
}
