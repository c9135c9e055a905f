import type { Metric } from '@hash/core';

/** `mAP@1000 (hits, stable) 0.7123` */
export function formatMetric({ name, definition, value }: Metric): string {
  return `${name} (${definition}) ${formatValue(value)}`;
}

/** Four digits after the point, as papers print them; `-` where there is no value. */
export function formatValue(value: number | undefined): string {
  return value === undefined ? '-' : value.toFixed(4);
}
