import type { PublishedResult } from '@hash/core';

const definition = 'the paper says mAP alone; k as in other implementations';
const source = 'paper, Table 1';

/** The paper does not name its CIFAR-10 split; other implementations take all of it. */
export const published: readonly PublishedResult[] = [
  {
    protocol: 'cifar10-2',
    metric: 'mAP@1000',
    definition,
    values: { 16: 0.706, 32: 0.733, 64: 0.756 },
    source,
  },
  {
    protocol: 'nuswide_21',
    metric: 'mAP@5000',
    definition,
    values: { 16: 0.758, 32: 0.811, 64: 0.824 },
    source,
  },
  { protocol: 'coco', metric: 'mAP@5000', definition, values: { 16: 0.746, 32: 0.774, 64: 0.783 }, source },
];
