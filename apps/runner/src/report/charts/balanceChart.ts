import type { CodeStatistics, Modality } from '@hash/core';
import type { Chart } from './chart.js';
import { CHART_SIZE } from './lineChart.js';
import { color, seriesColor } from './palette.js';
import { fileName } from './fileName.js';

/** In how many codes of the database each bit is 1. */
export function balanceChart(statistics: CodeStatistics, label: string, modality?: Modality): Chart {
  const bits = statistics.means.length;
  const values = Array.from(statistics.means, (mean, bit) => ({ bit, end: bit + 1, share: (mean + 1) / 2 }));
  const shares = values.map(({ share }) => share);
  const percent = (share: number) => `${(100 * share).toFixed(0)} %`;
  const of = modality === undefined ? '' : `, ${modality} codes`;
  const range = `${percent(Math.min(...shares))} to ${percent(Math.max(...shares))}`;
  return {
    name: fileName(`balance ${modality ?? ''} ${label}`),
    alt: `Share of ones in each of ${bits} bits${of}: ${range}. Balanced bits have 50 %.`,
    spec: {
      ...CHART_SIZE,
      autosize: { type: 'fit', contains: 'padding' },
      title: {
        text: `Balance of the bits, ${label} bits${of}`,
        subtitle: `share of ones in each bit: ${range}`,
      },
      data: { values },
      layer: [
        {
          mark: { type: 'bar', color: seriesColor(0), opacity: 0.85 },
          encoding: {
            x: {
              field: 'bit',
              type: 'quantitative',
              title: 'bit',
              axis: { tickMinStep: 1 },
              scale: { domain: [0, bits], nice: false },
            },
            x2: { field: 'end' },
            y2: { datum: 0 },
            y: {
              field: 'share',
              type: 'quantitative',
              title: 'share of ones',
              axis: { format: '~%' },
              scale: { domain: [0, 1] },
            },
          },
        },
        {
          data: { values: [{ half: 0.5 }] },
          mark: { type: 'rule', color: color('--ink'), strokeDash: [4, 3] },
          encoding: { y: { field: 'half', type: 'quantitative' } },
        },
      ],
    },
  };
}
