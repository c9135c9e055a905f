import type { PublishedResult } from '@hash/core';

/** Image to text and text to image; 16, 32 and 64 bits. */
const ROWS = {
  'mirflickr-tags': [
    [0.8783, 0.8927, 0.8993],
    [0.8566, 0.8718, 0.8759],
  ],
  'nuswide-tags': [
    [0.7842, 0.8144, 0.8191],
    [0.7748, 0.7965, 0.7955],
  ],
  'coco-captions': [
    [0.7348, 0.8051, 0.8422],
    [0.7348, 0.8027, 0.8514],
  ],
} as const;

/** CLIP ViT-B/32. */
export const published: readonly PublishedResult[] = Object.entries(ROWS).flatMap(([protocol, directions]) =>
  directions.map(([short, middle, long], i) => ({
    protocol,
    metric: `${['image→text', 'text→image'][i]} mAP@5000`,
    definition: 'first k relevant; best of the evaluations on the queries, each direction by itself',
    values: { 16: short, 32: middle, 64: long },
    source: 'paper, Table I',
  })),
);
