import { plainView, randomView, type AugmentSpec, type Preprocessing } from '@hash/core';
import type { WchConfig } from './config.js';

const IMAGENET = { mean: [0.485, 0.456, 0.406], std: [0.229, 0.224, 0.225] } as const;

/** The random pipeline from which both views of a training image are drawn: crops of its middle square. */
export function trainingView(config: WchConfig, preprocessing: Preprocessing): AugmentSpec {
  const { size, interpolation } = preprocessing;
  return [
    { op: 'resize', size, interpolation },
    { op: 'centerCrop', size },
    ...randomView(config.augmentation, normalized(config, preprocessing)),
  ];
}

/** The pipeline of queries and database images. */
export function inferenceView(config: WchConfig, preprocessing: Preprocessing): AugmentSpec {
  return plainView(normalized(config, preprocessing));
}

function normalized({ normalization }: WchConfig, preprocessing: Preprocessing): Preprocessing {
  return normalization === 'imagenet' ? { ...preprocessing, ...IMAGENET } : preprocessing;
}
