import { compareRuns, nameRuns } from './compareRuns.js';
import { curveCharts, metricCharts, type MeasuredRun } from './comparisonCharts.js';
import { drawCharts } from './drawCharts.js';
import { measureCodes } from './measureCodes.js';
import { comparisonPage } from './page/comparisonPage.js';
import { readRecord, type RunRecord } from './readRecord.js';
import { writePage } from './writePage.js';

/**
 * Makes the page that compares runs.
 *
 * @param path  of the page; its charts go to a folder of the same name
 * @param cwd  where methods' packages are looked for
 */
export async function writeComparison(folders: readonly string[], path: string, cwd: string): Promise<void> {
  const records: RunRecord[] = [];
  for (const folder of folders) records.push(await readRecord(folder, cwd));
  const runs: MeasuredRun[] = [];
  for (const run of nameRuns(records)) runs.push({ ...run, measured: await measureCodes(run.record) });
  const comparisons = compareRuns(runs);
  const drawn = await drawCharts({ metrics: metricCharts(comparisons), curves: curveCharts(runs) });
  await writePage(path, comparisonPage({ runs, comparisons, drawn }), Object.values(drawn).flat());
}
