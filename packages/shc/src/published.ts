import type { PublishedResult } from '@hash/core';

interface Table {
  readonly metric: string;
  readonly source: string;
  /** At 16, 32 and 64 bits. */
  readonly rows: Readonly<Record<string, readonly [number, number, number]>>;
}

const TABLES: readonly Table[] = [
  {
    metric: 'mAP@100',
    source: 'paper, Table 4',
    rows: {
      cifar100: [0.636, 0.6629, 0.6672],
      'cars-a': [0.6674, 0.7448, 0.7776],
      'cars-b': [0.444, 0.5859, 0.6288],
      'nabirds-a': [0.4986, 0.6117, 0.6586],
      'nabirds-b': [0.3552, 0.4753, 0.5289],
    },
  },
  {
    metric: 'mAP@1000',
    source: 'paper, Table 5',
    rows: {
      cifar100: [0.5936, 0.6166, 0.617],
      'cars-a': [0.6525, 0.7379, 0.7762],
      'cars-b': [0.3541, 0.5033, 0.5573],
      'nabirds-a': [0.4878, 0.6072, 0.6608],
      'nabirds-b': [0.2813, 0.3991, 0.4575],
    },
  },
  {
    metric: 'mAP@all',
    source: 'paper, Table 6',
    rows: {
      cifar100: [0.4838, 0.5186, 0.5262],
      'cars-a': [0.6433, 0.73, 0.772],
      'cars-b': [0.2976, 0.4547, 0.5139],
      'nabirds-a': [0.4755, 0.6001, 0.6566],
      'nabirds-b': [0.1926, 0.3185, 0.3988],
    },
  },
];

/** ResNet-34, ImageNet-1k. */
export const published: readonly PublishedResult[] = TABLES.flatMap(({ metric, source, rows }) =>
  Object.entries(rows).map(([protocol, [short, middle, long]]) => ({
    protocol,
    metric,
    definition: 'hits in the top k; best of the evaluations on the queries',
    values: { 16: short, 32: middle, 64: long },
    source,
  })),
);
