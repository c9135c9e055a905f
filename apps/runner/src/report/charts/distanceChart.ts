import type { MeasuredDirection } from '../measureCodes.js';
import type { Chart } from './chart.js';
import { CHART_SIZE } from './lineChart.js';
import { color } from './palette.js';
import { fileName } from './fileName.js';

const KINDS = ['share a label', 'do not'] as const;

/** At which distances the pairs lie that share a label, and those that do not; each kind adds up to 100 %. */
export function distanceChart({ name, distances }: MeasuredDirection, label: string): Chart {
  const bits = distances.relevant.length - 1;
  const kinds = [distances.relevant, distances.irrelevant].map(shares);
  const values = kinds.flatMap((shares, kind) =>
    shares.map((share, distance) => ({ distance, share, kind: KINDS[kind] })),
  );
  const [relevant, irrelevant] = kinds.map(mean);
  return {
    name: fileName(`distances ${name} ${label}`),
    alt:
      `Hamming distances of pairs at ${label} bits. Pairs that share a label are ${relevant} apart on average, ` +
      `the others ${irrelevant}.`,
    spec: {
      ...CHART_SIZE,
      autosize: { type: 'fit', contains: 'padding' },
      title: {
        text: `Distances, ${name === '' ? '' : `${name}, `}${label} bits`,
        subtitle: `pairs of a query and an item; mean ${relevant} and ${irrelevant}`,
      },
      data: { values },
      mark: { type: 'area', interpolate: 'step', line: { strokeWidth: 1.5 }, fillOpacity: 0.22 },
      encoding: {
        x: {
          field: 'distance',
          type: 'quantitative',
          title: 'Hamming distance',
          scale: { domain: [0, bits], nice: false },
          axis: { tickMinStep: 1 },
        },
        y: {
          field: 'share',
          type: 'quantitative',
          stack: null,
          title: 'share of pairs',
          axis: { format: '~%' },
        },
        color: {
          field: 'kind',
          type: 'nominal',
          sort: null,
          scale: { domain: [...KINDS], range: [color('--right'), color('--wrong')] },
          legend: { symbolType: 'square' },
        },
      },
    },
  };
}

function shares(counts: Float64Array): number[] {
  const total = counts.reduce((sum, count) => sum + count, 0);
  return Array.from(counts, (count) => (total === 0 ? 0 : count / total));
}

function mean(shares: readonly number[]): string {
  return shares.reduce((sum, share, distance) => sum + share * distance, 0).toFixed(1);
}
