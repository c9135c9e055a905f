import { relative, resolve } from 'node:path';
import { describeError } from '../errors.js';
import type { DatasetRequest } from '../run/openDataset.js';
import type { Say } from '../run/prepareRun.js';
import type { Surroundings } from '../surroundings.js';

/**
 * Makes the report of a run that has just been trained. The results are there already: a report that fails is told and no
 * more.
 *
 * @param run  its folder, as seen from the working directory
 */
export async function reportOnTraining(
  run: string,
  around: Surroundings,
  { data }: Pick<DatasetRequest, 'data'>,
  say: Say,
): Promise<void> {
  const { cwd } = around;
  const folder = resolve(cwd, run);
  try {
    const { reportPath, writeRunReport } = await import('./writeRunReport.js'); // charts take long to load
    await writeRunReport(folder, reportPath(folder), around, { data });
    say(`report: ${relative(cwd, reportPath(folder))}`);
  } catch (error) {
    say(
      `warning: the report could not be made: ${describeError(error)} The results stand; hash-runner report ${run} tries again.`,
    );
  }
}
