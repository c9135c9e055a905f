import type { Chart } from './chart.js';
import { fileName } from './fileName.js';
import { CHART_SIZE } from './lineChart.js';
import { color, seriesColor } from './palette.js';

/** Values of one metric by bit length. */
export interface Overview {
  readonly metric: string;
  readonly definition: string;
  readonly values: readonly OverviewValue[];
}

export interface OverviewValue {
  readonly bits: number;
  readonly kind: OverviewKind;
  readonly value: number;
}

const KINDS = ['trained', 'untrained', 'random codes', 'paper'] as const;
export type OverviewKind = (typeof KINDS)[number];

/** A metric of the trained networks beside what it is compared with, a row for each bit length. */
export function overviewChart({ metric, definition, values }: Overview): Chart {
  const kinds = KINDS.filter((kind) => values.some((value) => value.kind === kind));
  const range = {
    trained: seriesColor(0),
    untrained: seriesColor(4),
    'random codes': seriesColor(7),
    paper: seriesColor(5),
  };
  const shapes = { trained: 'circle', untrained: 'square', 'random codes': 'cross', paper: 'diamond' };
  const lengths = [...new Set(values.map(({ bits }) => bits))].sort((a, b) => a - b);
  return {
    name: fileName(`overview ${metric}`),
    alt: `${metric} by bit length. ${values.map(({ bits, kind, value }) => `${bits} bits, ${kind}: ${value.toFixed(3)}.`).join(' ')}`,
    spec: {
      width: CHART_SIZE.width,
      height: 112 + 30 * lengths.length,
      autosize: { type: 'fit', contains: 'padding' },
      title: { text: metric, subtitle: definition },
      data: { values: values.map((value) => ({ ...value, label: `${value.bits} bits` })) },
      mark: { type: 'point', filled: true, size: 110, opacity: 1 },
      encoding: {
        x: {
          field: 'value',
          type: 'quantitative',
          title: null,
          scale: { zero: true },
          axis: { grid: false },
        },
        y: {
          field: 'label',
          type: 'nominal',
          title: null,
          sort: lengths.map((bits) => `${bits} bits`),
          axis: { grid: true, labelFontSize: 12, labelColor: color('--ink') },
        },
        color: {
          field: 'kind',
          type: 'nominal',
          sort: null,
          scale: { domain: kinds, range: kinds.map((kind) => range[kind]) },
        },
        shape: {
          field: 'kind',
          type: 'nominal',
          sort: null,
          scale: { domain: kinds, range: kinds.map((kind) => shapes[kind]) },
        },
      },
    },
  };
}
