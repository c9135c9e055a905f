import type { Metric } from '@hash/core';
import type { RunRecord } from './readRecord.js';

/** A run under a name that no other has. */
export interface NamedRun {
  readonly label: string;
  readonly record: RunRecord;
}

/** What several runs measured by the same rules on the same data. */
export interface Comparison {
  readonly protocol: string;
  readonly splits: readonly string[];
  readonly metric: Pick<Metric, 'name' | 'definition'>;
  readonly lengths: readonly number[];
  readonly rows: readonly { readonly label: string; readonly values: ReadonlyMap<number, number> }[];
}

/** Names runs by their method, and by their folder too where that is not enough. */
export function nameRuns(records: readonly RunRecord[]): NamedRun[] {
  const count = (of: (record: RunRecord) => string, record: RunRecord) =>
    records.filter((other) => of(other) === of(record)).length;
  return records.map((record) => {
    const { method, name, folder } = record;
    if (count((other) => other.method.name, record) === 1) return { label: method.name, record };
    const place = count((other) => other.name, record) === 1 ? name : folder;
    return { label: `${method.name}, ${place}`, record };
  });
}

/** Each metric of each protocol with the runs that have it: only what is in one of them may be compared. */
export function compareRuns(runs: readonly NamedRun[]): Comparison[] {
  const found = new Map<string, Comparison>();
  for (const { record } of runs) {
    const { protocol } = record.split;
    for (const { name, definition } of record.lengths[0]!.results.metrics) {
      const key = JSON.stringify([protocol, name, definition]);
      if (!found.has(key)) found.set(key, comparison(runs, protocol, { name, definition }));
    }
  }
  return [...found.values()];
}

function comparison(runs: readonly NamedRun[], protocol: string, metric: Comparison['metric']): Comparison {
  const rows = runs
    .filter(({ record }) => record.split.protocol === protocol)
    .map(({ label, record }) => ({ label, sha256: record.split.sha256, values: valuesOf(record, metric) }))
    .filter(({ values }) => values.size > 0);
  return {
    protocol,
    splits: [...new Set(rows.map(({ sha256 }) => sha256))],
    metric,
    lengths: [...new Set(rows.flatMap(({ values }) => [...values.keys()]))].sort((a, b) => a - b),
    rows,
  };
}

function valuesOf({ lengths }: RunRecord, { name, definition }: Comparison['metric']): Map<number, number> {
  return new Map(
    lengths.flatMap(({ bits, results }) =>
      results.metrics
        .filter((metric) => metric.name === name && metric.definition === definition)
        .map(({ value }) => [bits, value] as const),
    ),
  );
}
