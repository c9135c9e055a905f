import type { Chart, Series } from './chart.js';
import { seriesColor } from './palette.js';

export const CHART_SIZE = { width: 380, height: 270 } as const;

const DASHES: readonly (readonly number[])[] = [
  [1, 0],
  [7, 3],
  [2, 2],
  [9, 3, 2, 3],
  [4, 2],
  [12, 4],
  [2, 4],
  [6, 2, 2, 2],
];

export interface LineChart {
  readonly name: string;
  readonly title: string;
  readonly subtitle?: string;
  readonly alt: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
}

export interface Axis {
  readonly title: string;
  readonly log?: boolean;
  /** Whole numbers only. */
  readonly counts?: boolean;
  /** Left out, it follows the data; `zero` begins there. */
  readonly domain?: readonly [number, number] | 'zero';
}

/** Lines over each other, told apart by colour and dashes. */
export function lineChart({ name, title, subtitle, alt, x, y, series }: LineChart): Chart {
  const labels = series.map(({ label }) => label);
  const values = series.flatMap(({ label, points }, order) =>
    points.map((point) => ({ ...point, label, order })),
  );
  const single = series.every(({ points }) => points.length < 2);
  const scale = { domain: labels };
  return {
    name,
    alt,
    spec: {
      ...CHART_SIZE,
      autosize: { type: 'fit', contains: 'padding' },
      title: subtitle === undefined ? title : { text: title, subtitle },
      data: { values },
      mark: {
        type: 'line',
        clip: true,
        interpolate: 'linear',
        point: single ? { filled: true, size: 50 } : false,
      },
      encoding: {
        x: { field: 'x', type: 'quantitative', ...axisOf(x) },
        y: { field: 'y', type: 'quantitative', ...axisOf(y) },
        order: { field: 'x' },
        color: {
          field: 'label',
          type: 'nominal',
          sort: null,
          scale: { ...scale, range: labels.map((_, i) => seriesColor(i)) },
          legend: series.length > 1 ? {} : null,
        },
        strokeDash: {
          field: 'label',
          type: 'nominal',
          sort: null,
          scale: { ...scale, range: labels.map((_, i) => [...DASHES[i % DASHES.length]!]) },
        },
      },
    },
  };
}

function axisOf({ title, log = false, counts = false, domain }: Axis) {
  return {
    title,
    scale: {
      type: log ? ('log' as const) : ('linear' as const),
      ...(log ? {} : { zero: domain === 'zero' }),
      nice: !log && !Array.isArray(domain),
      ...(Array.isArray(domain) ? { domain: [...(domain as readonly number[])] } : {}),
    },
    axis: {
      ...(counts ? { tickMinStep: 1 } : {}),
      ...(counts || log ? { format: '~s' } : {}),
    },
  };
}
