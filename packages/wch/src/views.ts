import type { AugmentSpec, Preprocessing } from '@hash/core';
import type { WchConfig } from './config.js';

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/** The random pipeline from which both views of a training image are drawn. */
export function trainingView(
  config: WchConfig,
  { size, interpolation, mean, std }: Preprocessing,
): AugmentSpec {
  const { cropScale, flip, jitter, brightness, contrast, saturation, hue, grayscale, blur } =
    config.augmentation;
  return [
    { op: 'resize', size, interpolation },
    { op: 'centerCrop', size },
    { op: 'randomResizedCrop', size, scale: cropScale, interpolation },
    { op: 'colorJitter', brightness, contrast, saturation, hue, probability: jitter },
    { op: 'randomGrayscale', probability: grayscale },
    { op: 'gaussianBlur', sigma: [0.1, 2], probability: blur },
    { op: 'randomHorizontalFlip', probability: flip },
    normalize(config, mean, std),
  ];
}

/** The pipeline of queries and database images. */
export function inferenceView(
  config: WchConfig,
  { size, interpolation, mean, std }: Preprocessing,
): AugmentSpec {
  return [{ op: 'resize', size, interpolation }, { op: 'centerCrop', size }, normalize(config, mean, std)];
}

function normalize(
  { normalization }: WchConfig,
  mean: Preprocessing['mean'],
  std: Preprocessing['std'],
): AugmentSpec[number] {
  return { op: 'normalize', ...(normalization === 'imagenet' ? IMAGENET : { mean, std }) };
}
