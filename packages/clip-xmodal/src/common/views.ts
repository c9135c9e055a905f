import { plainView, type AugmentSpec, type Preprocessing } from '@hash/core';
import type { CommonConfig } from './commonConfig.js';

/** The pipeline of training images. */
export function trainingView({ training }: CommonConfig, preprocessing: Preprocessing): AugmentSpec {
  if (training === 'plain') return plainView(preprocessing);
  const { size, mean, std } = preprocessing;
  return [
    { op: 'randomHorizontalFlip', probability: 0.5 },
    { op: 'randomResizedCrop', size, scale: [0.08, 1], interpolation: 'bilinear' },
    { op: 'normalize', mean, std },
  ];
}
