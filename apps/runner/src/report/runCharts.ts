import type { Metric, PublishedResult } from '@hash/core';
import { sameMetric } from '../run/sameMetric.js';
import { balanceChart } from './charts/balanceChart.js';
import type { Chart } from './charts/chart.js';
import { precisionAtChart, precisionRecallChart, type CurveTopic } from './charts/curveCharts.js';
import { distanceChart } from './charts/distanceChart.js';
import { overviewChart, type OverviewValue } from './charts/overviewChart.js';
import { evaluationCharts, lossCharts, stageCharts } from './charts/trainingCharts.js';
import type { MeasuredCodes } from './measureCodes.js';
import type { RunRecord } from './readRecord.js';

/** The charts of a run, by the section of its page. */
export interface RunCharts<Of = Chart> {
  readonly overview: readonly Of[];
  readonly training: readonly Of[];
  readonly retrieval: readonly Of[];
  readonly distances: readonly Of[];
  readonly balance: readonly Of[];
}

/** @param published  what the paper says of the run's data set */
export function runCharts(
  { lengths, stages, split }: RunRecord,
  measured: readonly MeasuredCodes[],
  published: readonly PublishedResult[],
): RunCharts {
  const { metrics } = lengths[0]!.results;
  const topics = measured[0]!.directions.map(({ name }, i) =>
    curveTopic(measured, split.counts['query'], name, i),
  );
  return {
    overview: metrics
      .filter(({ name }) => name.includes('mAP'))
      .map(({ name, definition }) =>
        overviewChart({
          metric: name,
          definition,
          values: overviewValues(lengths, { name, definition }, published),
        }),
      ),
    training: [...stages.flatMap(stageCharts), ...lossCharts(lengths), ...evaluationCharts(lengths)],
    retrieval: topics.flatMap((topic) => [precisionRecallChart(topic), precisionAtChart(topic)]),
    distances: measured[0]!.directions.flatMap((_, i) =>
      measured.map(({ label, directions }) => distanceChart(directions[i]!, label)),
    ),
    balance: measured.flatMap(({ label, statistics }) =>
      [...statistics].map(([modality, of]) =>
        balanceChart(of, label, statistics.size > 1 ? modality : undefined),
      ),
    ),
  };
}

function overviewValues(
  lengths: RunRecord['lengths'],
  metric: Pick<Metric, 'name' | 'definition'>,
  published: readonly PublishedResult[],
): OverviewValue[] {
  const paper = published.find((row) => row.metric === metric.name);
  return lengths.flatMap(({ bits, results }) => {
    const { untrained, randomCodes } = results.baselines;
    const of = (kind: OverviewValue['kind'], value: number | undefined) =>
      value === undefined ? [] : [{ bits, kind, value }];
    return [
      ...of('random codes', sameMetric(randomCodes, metric)?.value),
      ...of('untrained', sameMetric(untrained, metric)?.value),
      ...of('trained', sameMetric(results.metrics, metric)?.value),
      ...of('paper', paper?.values[bits]),
    ];
  });
}

function curveTopic(
  measured: readonly MeasuredCodes[],
  all: number | undefined,
  topic: string,
  direction: number,
): CurveTopic {
  const { queries, curve } = measured[0]!.directions[direction]!;
  const used = all === undefined || queries === all ? 'all queries' : `${queries} of ${all} queries`;
  return {
    topic,
    subtitle: `${used}; ties: ${curve.definition}`,
    curves: measured.map(({ label, directions }) => ({
      label: `${label} bits`,
      curve: directions[direction]!.curve,
    })),
  };
}
