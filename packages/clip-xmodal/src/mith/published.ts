import type { PublishedResult } from '@hash/core';

/** Image to text and text to image; 16, 32 and 64 bits. */
const ROWS = {
  'mirflickr-tags, 2000 queries, 10000 to train on': [
    [0.8464, 0.8645, 0.8718],
    [0.8228, 0.8389, 0.8468],
  ],
  'nuswide-tags, 2100 queries, 10500 to train on': [
    [0.7004, 0.7148, 0.7297],
    [0.714, 0.7276, 0.7401],
  ],
  'coco-captions': [
    [0.7039, 0.7359, 0.7664],
    [0.7017, 0.7358, 0.7661],
  ],
} as const;

/** CLIP ViT-B/32. */
export const published: readonly PublishedResult[] = Object.entries(ROWS).flatMap(([protocol, directions]) =>
  directions.map(([short, middle, long], i) => ({
    protocol,
    metric: `${['image→text', 'text→image'][i]} mAP@all`,
    definition: 'relevant; best of the evaluations on the queries by the sum of both directions',
    values: { 16: short, 32: middle, 64: long },
    source: 'paper, Table 1',
  })),
);
