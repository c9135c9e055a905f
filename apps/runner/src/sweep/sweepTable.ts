import { resultsSchema } from '@hash/core';
import { readJson, runFiles } from '../run/runFolder.js';
import type { Cell } from './cells.js';
import { isDone } from './runSweep.js';

/** A metric of the cells that differ in their seed alone. */
export interface SweepRow {
  readonly method: string;
  readonly recipe: string;
  /** Those that the sweep varies. */
  readonly settings: Readonly<Record<string, string>>;
  readonly protocol: string;
  readonly bits: number;
  readonly metric: string;
  readonly definition: string;
  readonly seeds: readonly number[];
  /** One for each seed. */
  readonly values: readonly number[];
  readonly mean: number;
  /** Standard deviation over the seeds, with n - 1; null for one seed. */
  readonly spread: number | null;
}

/** What the cells that are done have measured, a row for each metric, in the order of the cells. */
export async function sweepTable(cells: readonly Cell[]): Promise<SweepRow[]> {
  const groups = new Map<string, Omit<SweepRow, 'mean' | 'spread'> & { seeds: number[]; values: number[] }>();
  for (const cell of cells.filter(isDone)) {
    const { method, bits, plan, varied: settings } = cell;
    const { metrics, protocol, seed } = await readJson(runFiles.results(cell.folder, bits), resultsSchema);
    for (const { name: metric, definition, value } of metrics) {
      const row = { method, recipe: plan.recipe, settings, protocol, bits, metric, definition };
      const key = JSON.stringify(row);
      const group = groups.get(key) ?? { ...row, seeds: [], values: [] };
      group.seeds.push(seed);
      group.values.push(value);
      groups.set(key, group);
    }
  }
  return [...groups.values()].map((group) => ({ ...group, ...meanAndSpread(group.values) }));
}

export function meanAndSpread(values: readonly number[]): Pick<SweepRow, 'mean' | 'spread'> {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  if (values.length < 2) return { mean, spread: null };
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, spread: Math.sqrt(squares / (values.length - 1)) };
}
