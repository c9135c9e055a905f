import { extname, relative, resolve } from 'node:path';
import { UsageError } from '../errors.js';
import type { DatasetRequest } from '../run/openDataset.js';
import type { Surroundings } from '../surroundings.js';
import { writeComparison } from './writeComparison.js';
import { reportPath, writeRunReport } from './writeRunReport.js';

export interface ReportRequest extends Pick<DatasetRequest, 'data'> {
  /** Absolute paths of run folders. */
  readonly runs: readonly string[];
  readonly out?: string | undefined;
}

/**
 * Makes the report of a run, or the page that compares several.
 *
 * @returns its path as seen from the working directory
 */
export async function writeReport(around: Surroundings, { runs, out, data }: ReportRequest): Promise<string> {
  const [only, ...others] = runs;
  const usual = others.length === 0 ? reportPath(only!) : resolve(around.cwd, 'comparison.html');
  const path = out === undefined ? usual : resolve(around.cwd, out);
  if (extname(path) !== '.html')
    throw new UsageError(`--out: expected a file that ends in .html, but got '${out}'.`);
  if (others.length === 0) await writeRunReport(only!, path, around, { data });
  else await writeComparison(runs, path, around.cwd);
  return relative(around.cwd, path);
}
