import type { AugmentSpec, Preprocessing } from '@hash/core';
import type { DjsrhConfig } from './config.js';

/** The pipeline of training images. */
export function trainingView(config: DjsrhConfig, preprocessing: Preprocessing): AugmentSpec {
  if (config.training === 'plain') return inferenceView(config, preprocessing);
  const { size, mean, std } = preprocessing;
  return [
    { op: 'randomHorizontalFlip', probability: 0.5 },
    scaled(config, preprocessing),
    { op: 'randomCrop', size },
    { op: 'normalize', mean, std },
  ];
}

/** The pipeline of queries and database images. */
export function inferenceView(config: DjsrhConfig, preprocessing: Preprocessing): AugmentSpec {
  const { size, mean, std } = preprocessing;
  return [scaled(config, preprocessing), { op: 'centerCrop', size }, { op: 'normalize', mean, std }];
}

function scaled({ margin }: DjsrhConfig, { size, interpolation }: Preprocessing): AugmentSpec[number] {
  return { op: 'resize', size: Math.round(size * margin), interpolation };
}
