import type { History } from '../readHistory.js';
import type { LengthRecord, StageRecord } from '../readRecord.js';
import type { Chart, Series } from './chart.js';
import { fileName } from './fileName.js';
import { lineChart } from './lineChart.js';
import { rangeOf } from './rangeOf.js';

const EPOCH = { title: 'epoch', counts: true } as const;

/** The loss and each of its terms over the epochs, a line for each bit length. Terms that are always 0 are left out. */
export function lossCharts(lengths: readonly LengthRecord[]): Chart[] {
  return chartsOfTerms(lengths.map(({ bits, history }) => ({ label: `${bits} bits`, history })));
}

/** The same of a network that is trained before all lengths. */
export function stageCharts({ name, history }: StageRecord): Chart[] {
  return chartsOfTerms([{ label: name, history }], name);
}

function chartsOfTerms(lines: readonly { label: string; history: History }[], stage?: string): Chart[] {
  const terms = new Set(
    lines.flatMap(({ history }) => history.epochs.flatMap(({ terms }) => Object.keys(terms))),
  );
  const names = ['loss', ...[...terms].filter((term) => term !== 'loss')];
  return names.flatMap((term) => {
    const series = lines.map(({ label, history }) => ({
      label,
      points: history.epochs.flatMap(({ epoch, terms }) => pointOf(epoch, terms[term])),
    }));
    if (!series.some(({ points }) => points.some(({ y }) => y !== 0))) return [];
    const title = term === 'loss' ? 'Loss' : `Loss term: ${term}`;
    return [
      lineChart({
        name: fileName(`${stage ?? ''} loss ${term}`),
        title: stage === undefined ? title : `${title} of the ${stage}`,
        subtitle: 'mean over the steps of an epoch',
        alt: `${term} over the epochs. ${rangeOf(series)}`,
        x: EPOCH,
        y: { title: term },
        series,
      }),
    ];
  });
}

/** The metric by which epochs were compared, over the epochs; none where nothing was measured between epochs. */
export function evaluationCharts(lengths: readonly LengthRecord[]): Chart[] {
  const names = new Set(
    lengths.flatMap(({ history }) =>
      history.evaluations.flatMap(({ metrics }) => metrics.map(({ name }) => name)),
    ),
  );
  return [...names]
    .filter((name) => name.includes('mAP'))
    .flatMap((name) => {
      const series = lengths.map(({ bits, history }) => ({
        label: `${bits} bits`,
        points: history.evaluations.flatMap(({ epoch, metrics }) =>
          pointOf(epoch, metrics.find((metric) => metric.name === name)?.value),
        ),
      }));
      if (!series.some(({ points }) => points.length > 1)) return [];
      return [
        lineChart({
          name: `epochs-${fileName(name)}`,
          title: `${name} while training`,
          alt: `${name} over the epochs. ${rangeOf(series)}`,
          x: EPOCH,
          y: { title: name },
          series,
        }),
      ];
    });
}

function pointOf(epoch: number, y: number | null | undefined): Series['points'][number][] {
  return y === null || y === undefined ? [] : [{ x: epoch + 1, y }];
}
