import type { Metric } from '@hash/core';

/** The one of some metrics that has the name and the definition of another. */
export function sameMetric(
  metrics: readonly Metric[],
  { name, definition }: Pick<Metric, 'name' | 'definition'>,
): Metric | undefined {
  return metrics.find((metric) => metric.name === name && metric.definition === definition);
}
