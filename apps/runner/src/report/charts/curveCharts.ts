import type { Chart, Series } from './chart.js';
import { lineChart } from './lineChart.js';
import { rangeOf } from './rangeOf.js';
import { fileName } from './fileName.js';

/** A precision-recall curve by rank under the name of what made it: a bit length, or a run. */
export interface NamedCurve {
  readonly label: string;
  readonly curve: {
    readonly at: readonly number[];
    readonly precision: readonly number[];
    readonly recall: readonly number[];
  };
}

export interface CurveTopic {
  /** For titles, where there are several: `image→text`, or `32 bits`. */
  readonly topic: string;
  readonly subtitle: string;
  readonly curves: readonly NamedCurve[];
}

/** Precision over recall. */
export function precisionRecallChart({ topic, subtitle, curves }: CurveTopic): Chart {
  const series = curves.map(({ label, curve }) => ({ label, points: points(curve.recall, curve.precision) }));
  return lineChart({
    name: named('precision-recall', topic),
    title: titled('Precision and recall', topic),
    subtitle,
    alt: `Precision over recall. ${rangeOf(series)}`,
    x: { title: 'recall', domain: [0, 1] },
    y: { title: 'precision', domain: [0, 1] },
    series,
  });
}

/** Precision of the first N items, over N. */
export function precisionAtChart({ topic, subtitle, curves }: CurveTopic): Chart {
  const series = curves.map(({ label, curve }) => ({ label, points: points(curve.at, curve.precision) }));
  return lineChart({
    name: named('precision-at-n', topic),
    title: titled('Precision of the first N', topic),
    subtitle,
    alt: `Precision of the first N items over N. ${rangeOf(series)}`,
    x: { title: 'N', log: true, domain: [1, Math.max(...curves.flatMap(({ curve }) => curve.at))] },
    y: { title: 'precision@N', domain: 'zero' },
    series,
  });
}

function points(xs: readonly number[], ys: readonly number[]): Series['points'] {
  return xs.map((x, i) => ({ x, y: ys[i]! }));
}

function named(name: string, topic: string): string {
  return topic === '' ? name : `${name}-${fileName(topic)}`;
}

function titled(title: string, topic: string): string {
  return topic === '' ? title : `${title}, ${topic}`;
}
