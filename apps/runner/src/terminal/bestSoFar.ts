import type { Metric } from '@hash/core';
import { formatMetric, formatValue } from './formatMetric.js';

/** Remembers the best value of each metric by itself, and the epoch that had it. */
export class BestSoFar {
  readonly #best = new Map<string, { readonly value: number; readonly epoch: number }>();

  /**
   * Metrics of an epoch, each with the best so far where that is not its own: `mAP@all (hits, stable) 0.6123 (best 0.6541,
   * epoch 3)`.
   *
   * @param epoch  from 0
   */
  describe(metrics: readonly Metric[], epoch: number): string {
    return metrics.map((metric) => this.#describeOne(metric, epoch)).join('  ');
  }

  #describeOne(metric: Metric, epoch: number): string {
    const key = `${metric.name} ${metric.definition}`;
    const best = this.#best.get(key);
    if (best !== undefined && best.value >= metric.value)
      return `${formatMetric(metric)} (best ${formatValue(best.value)}, epoch ${best.epoch + 1})`;
    this.#best.set(key, { value: metric.value, epoch });
    return formatMetric(metric);
  }
}
