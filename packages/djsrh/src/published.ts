import type { PublishedResult } from '@hash/core';

type Row = readonly [number, number, number, number];

const BITS = [16, 32, 64, 128];
const definition = 'hits in the top 50; last epoch, mean of several runs';
const source = "paper, Table 2, as the authors' repository shows it";

/** By protocol: image→text, text→image. */
const TABLE: Readonly<Record<string, readonly [Row, Row]>> = {
  wikipedia: [
    [0.388, 0.403, 0.412, 0.421],
    [0.611, 0.635, 0.646, 0.658],
  ],
  'mirflickr-dcmh': [
    [0.81, 0.843, 0.862, 0.876],
    [0.786, 0.822, 0.835, 0.847],
  ],
  'nuswide-dcmh': [
    [0.724, 0.773, 0.798, 0.817],
    [0.712, 0.744, 0.771, 0.789],
  ],
};

/** AlexNet, ImageNet-1k. */
export const published: readonly PublishedResult[] = Object.entries(TABLE).flatMap(([protocol, rows]) =>
  rows.map((row, i) => ({
    protocol,
    metric: `${['image→text', 'text→image'][i]} mAP@50`,
    definition,
    values: Object.fromEntries(row.map((value, j) => [BITS[j]!, value])),
    source,
  })),
);
