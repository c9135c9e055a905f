import type { PublishedResult } from '@hash/core';

/** Image to text and text to image; 16, 32 and 64 bits. */
const ROWS = {
  'mirflickr-tags': [
    [0.8263, 0.8272, 0.8441],
    [0.8116, 0.8137, 0.8281],
  ],
  'nuswide-tags': [
    [0.6799, 0.6992, 0.7038],
    [0.6876, 0.7104, 0.7253],
  ],
  'coco-captions': [
    [0.6447, 0.6757, 0.6915],
    [0.6531, 0.6832, 0.7025],
  ],
} as const;

/** CLIP ViT-B/32. */
export const published: readonly PublishedResult[] = Object.entries(ROWS).flatMap(([name, directions]) =>
  directions.map(([short, middle, long], i) => ({
    protocol: `${name}, 5120 queries, 10240 to train on`,
    metric: `${['image→text', 'text→image'][i]} mAP@all`,
    definition: 'relevant; best of the evaluations on the queries, each direction by itself',
    values: { 16: short, 32: middle, 64: long },
    source: 'paper, Table 1',
  })),
);
