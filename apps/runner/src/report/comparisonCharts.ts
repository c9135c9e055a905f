import type { Chart } from './charts/chart.js';
import { precisionAtChart, precisionRecallChart, type CurveTopic } from './charts/curveCharts.js';
import { fileName } from './charts/fileName.js';
import { lineChart } from './charts/lineChart.js';
import { rangeOf } from './charts/rangeOf.js';
import type { Comparison, NamedRun } from './compareRuns.js';
import type { MeasuredCodes } from './measureCodes.js';

export interface MeasuredRun extends NamedRun {
  readonly measured: readonly MeasuredCodes[];
}

/** A metric over the bit lengths, a line for each run. */
export function metricCharts(comparisons: readonly Comparison[]): Chart[] {
  return comparisons
    .filter(({ metric }) => metric.name.includes('mAP'))
    .map(({ protocol, metric, rows, lengths }) => {
      const series = rows.map(({ label, values }) => ({
        label,
        points: [...values].map(([x, y]) => ({ x, y })),
      }));
      return lineChart({
        name: fileName(`${protocol} ${metric.name} ${metric.definition}`),
        title: `${metric.name} on ${protocol}`,
        subtitle: metric.definition,
        alt: `${metric.name} over bit lengths ${lengths.join(', ')}. ${rangeOf(series)}`,
        x: { title: 'bits', counts: true },
        y: { title: metric.name },
        series,
      });
    });
}

/** Precision-recall and precision@N of each protocol, direction and bit length, a line for each run. */
export function curveCharts(runs: readonly MeasuredRun[]): Chart[] {
  return topicsOf(runs).flatMap((topic) => [precisionRecallChart(topic), precisionAtChart(topic)]);
}

function topicsOf(runs: readonly MeasuredRun[]): CurveTopic[] {
  const topics = new Map<
    string,
    { topic: string; subtitle: string; curves: CurveTopic['curves'][number][] }
  >();
  for (const { label, record, measured } of runs)
    for (const { label: length, directions } of measured)
      for (const { name, curve } of directions) {
        const { protocol } = record.split;
        const topic = [protocol, name, `${length} bits`].filter(Boolean).join(', ');
        const entry = topics.get(topic) ?? { topic, subtitle: `ties: ${curve.definition}`, curves: [] };
        entry.curves.push({ label, curve });
        topics.set(topic, entry);
      }
  return [...topics.values()].sort((a, b) => a.topic.localeCompare(b.topic, 'en', { numeric: true }));
}
