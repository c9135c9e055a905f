import type { PublishedResult } from '@hash/core';

const definition = 'hits in the top k; best of the evaluations on the queries';
const source = 'paper, Table 1; k and split of the authors’ code';

/** ViT-B/16, ImageNet-21k. */
export const published: readonly PublishedResult[] = [
  { protocol: 'cifar10', metric: 'mAP@1000', definition, values: { 16: 0.897, 32: 0.91, 64: 0.932 }, source },
  {
    protocol: 'nuswide_21',
    metric: 'mAP@5000',
    definition,
    values: { 16: 0.799, 32: 0.823, 64: 0.838 },
    source,
  },
  { protocol: 'coco', metric: 'mAP@5000', definition, values: { 16: 0.776, 32: 0.808, 64: 0.834 }, source },
];
