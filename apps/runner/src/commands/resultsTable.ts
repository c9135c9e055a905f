import { sameMetric } from '../run/sameMetric.js';
import type { Outcome } from '../run/trainBits.js';
import { formatDuration } from '../terminal/formatDuration.js';
import { formatValue } from '../terminal/formatMetric.js';
import { formatTable, type Column } from '../terminal/table.js';

const COLUMNS: readonly Column[] = [
  { title: 'bits', align: 'right' },
  { title: 'metric', align: 'left' },
  { title: 'definition', align: 'left' },
  { title: 'trained', align: 'right' },
  { title: 'untrained', align: 'right' },
  { title: 'random codes', align: 'right' },
  { title: 'training', align: 'right' },
];

/** A row for each metric of each bit length, beside those of the untrained network and of random codes. */
export function resultsTable(outcomes: readonly Outcome[]): string[] {
  const rows = outcomes.flatMap(({ results, training }) =>
    results.metrics.map((metric, i) => [
      i === 0 ? String(results.bits) : '',
      metric.name,
      metric.definition,
      formatValue(metric.value),
      formatValue(sameMetric(results.baselines.untrained, metric)?.value),
      formatValue(sameMetric(results.baselines.randomCodes, metric)?.value),
      i === 0 ? formatDuration(training.seconds) : '',
    ]),
  );
  return formatTable(COLUMNS, rows);
}
