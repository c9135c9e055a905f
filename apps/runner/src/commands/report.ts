import { resolve } from 'node:path';
import type { Command } from 'commander';
import type { ReportRequest } from '../report/writeReport.js';
import type { Surroundings } from '../surroundings.js';
import { dataOption } from './parseOptions.js';

const EXAMPLES = `
Examples:
  $ hash-runner report runs/20261121-081530-wch-shapes         its report.html made anew
  $ hash-runner report runs/wch runs/nsh                       both side by side: comparison.html
  $ hash-runner report runs/* --out all.html
`;

export function addReportCommand(program: Command, surroundings: Surroundings): void {
  program
    .command('report')
    .summary('make the report of a run anew, or compare runs')
    .description(
      'Makes a page that needs no network: results beside baselines and the paper, curves, what queries find. ' +
        'Of several runs it makes one that compares them. The charts go beside it, as SVG and PNG.',
    )
    .argument('<runs...>', 'run folders')
    .option(
      '--out <file>',
      'page to write (default: report.html in the run folder; of several, comparison.html)',
    )
    .addOption(dataOption())
    .addHelpText('after', EXAMPLES)
    .action(async (runs: string[], { out, ...request }: Omit<ReportRequest, 'runs'>) => {
      const { cwd, stdout } = surroundings;
      const folders = [...new Set(runs.map((run) => resolve(cwd, run)))];
      const { writeReport } = await import('../report/writeReport.js'); // charts take long to load
      const page = await writeReport(surroundings, { ...request, runs: folders, out });
      stdout.write(`${page}\n`);
    });
}
